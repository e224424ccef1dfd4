import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { productLimits } from '../../lambdas/domain/product-limits.ts';
import { reasons } from '../../lambdas/generated/reasons.ts';
import {
  generate,
  generateLimitsPage,
  generateReasonsPage,
  limitsPagePath,
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

  it('needs no package at run time', async () => {
    const validators = readFileSync(`${folder}request-validators.js`, 'utf8');
    expect(validators).not.toMatch(/\brequire\(|^import /m);
  });
});
