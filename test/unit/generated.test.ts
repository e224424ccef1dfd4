import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { productLimits } from '../../lambdas/domain/product-limits.ts';
import { reasons } from '../../lambdas/generated/reasons.ts';
import { problems } from '../../lambdas/http/problem-codes.ts';
import { routes } from '../../lambdas/http/route-table.ts';
import {
  apiPagePath,
  clientTypesPath,
  generate,
  generateApiPage,
  generateClientTypes,
  generateLimitsPage,
  generateProblemsPage,
  generateReasonsPage,
  limitsPagePath,
  problemsPagePath,
  reasonsPagePath,
} from '../../schemas/generate.ts';

const folder = fileURLToPath(new URL('../../lambdas/generated/', import.meta.url));

describe('lambdas/generated', () => {
  it('is what `npm run generate` would write', async () => {
    const files = await generate();
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    const stale = [...files]
      .filter(([name, text]) => readFileSync(folder + name, 'utf8') !== text)
      .map(([name]) => name);
    expect(stale).toEqual([]);
  }, 30_000);

  it('has its page of reasons in docs, with a heading for each', () => {
    expect(readFileSync(reasonsPagePath, 'utf8')).toBe(generateReasonsPage());
    for (const code of Object.keys(reasons)) expect(generateReasonsPage()).toContain(`\n## ${code}\n`);
  });

  it('has its page of limits in docs, each by a name of its own', () => {
    expect(readFileSync(limitsPagePath, 'utf8')).toBe(generateLimitsPage());
    expect(new Set(productLimits.map(({ name }) => name)).size).toBe(productLimits.length);
    for (const { name } of productLimits) expect(generateLimitsPage()).toContain(`| \`${name}\` |`);
  });

  it('has its page of the API in docs, with a line for each route', () => {
    expect(readFileSync(apiPagePath, 'utf8')).toBe(generateApiPage());
    for (const { method, path, operation } of routes)
      expect(generateApiPage()).toContain(`\n\`${method} ${path}\` · \`${operation}\` · `);
  });

  it('has no link in the page of the API that leads nowhere', () => {
    const page = generateApiPage();
    const anchors = Array.from(page.matchAll(/^#+ (.+)$/gm), ([, heading]) =>
      heading!.toLowerCase().replaceAll(' ', '-'),
    );
    const links = Array.from(page.matchAll(/\]\(#([^)]+)\)/g), ([, anchor]) => anchor!);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    expect([...new Set(links)].filter((anchor) => anchors.indexOf(anchor) !== anchors.lastIndexOf(anchor))).toEqual([]);
  });

  it('has the types of the client in TypeScript', () => {
    expect(readFileSync(clientTypesPath, 'utf8')).toBe(generateClientTypes());
    expect(generateClientTypes()).toContain("'/v2/sinks/{sink_id}': {");
  });

  it('has its page of problems in docs, with a heading for each', () => {
    expect(readFileSync(problemsPagePath, 'utf8')).toBe(generateProblemsPage());
    for (const kind of Object.keys(problems)) expect(generateProblemsPage()).toContain(`\n## ${kind}\n`);
  });

  it('needs no package at run time', async () => {
    const validators = readFileSync(`${folder}request-validators.js`, 'utf8');
    expect(validators).not.toMatch(/\brequire\(|^import /m);
  });
});
