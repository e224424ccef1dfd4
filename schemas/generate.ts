/**
 * Writes `lambdas/generated/` from `schemas/` and the grammars: types, validators, registries and parsers. The output is
 * checked in, and `test/unit/generated.test.ts` fails when it differs from what this would write.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productLimits } from '../lambdas/domain/product-limits.ts';
import { problems } from '../lambdas/http/problem-codes.ts';
import { apiPage } from './api-page.ts';
import { bundleOpenApi } from './bundle-openapi.ts';
import { requestBodyModules } from './generate-bodies.ts';
import { generateParsers } from './generate-parsers.ts';
import { limitsPage } from './limits-page.ts';
import { problemsPage } from './problems-page.ts';
import { type Reason, reasonsPage } from './reasons-page.ts';
import { clientTypes } from './typescript-client.ts';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'lambdas', 'generated');

/** All generated files by name. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['reasons.ts', reasonsModule()],
    ['openapi.ts', openApiModule()],
    ...(await requestBodyModules()),
    ...(await generateParsers()),
  ]);
}

/** Generated files that people read. */
export const reasonsPagePath = join(here, '..', 'docs', 'reasons.md');

export const limitsPagePath = join(here, '..', 'docs', 'limits.md');

export const apiPagePath = join(here, '..', 'docs', 'api.md');

/** What `docs/api.md` holds. */
export function generateApiPage(): string {
  return apiPage();
}

export const clientTypesPath = join(here, '..', 'clients', 'typescript', 'api.ts');

/** What `clients/typescript/api.ts` holds. */
export function generateClientTypes(): string {
  return clientTypes();
}

export const problemsPagePath = join(here, '..', 'docs', 'problems.md');

/** What `docs/problems.md` holds. */
export function generateProblemsPage(): string {
  return problemsPage(problems);
}

/** What `docs/limits.md` holds. */
export function generateLimitsPage(): string {
  return limitsPage(productLimits);
}

/** What `docs/reasons.md` holds. */
export function generateReasonsPage(): string {
  return reasonsPage(readReasons());
}

function readReasons(): readonly Reason[] {
  return (JSON.parse(readFileSync(join(here, 'reasons.json'), 'utf8')) as { reasons: readonly Reason[] }).reasons;
}

function reasonsModule(): string {
  const entries = readReasons().map(({ code, ...rest }) => `  ${code}: ${JSON.stringify(rest)},`);
  return `// Generated from schemas/reasons.json by \`npm run generate\`.\nexport const reasons = {\n${entries.join('\n')}\n} as const;\n`;
}

function openApiModule(): string {
  const text = JSON.stringify(bundleOpenApi());
  const digest = createHash('sha256').update(text).digest('base64url');
  return `// Generated from schemas/openapi.yaml by \`npm run generate\`.
/** SHA-256 of the document. */
export const openApiDigest = '${digest}';
/** The OpenAPI document as JSON. */
export const openApiJson: string =
  ${JSON.stringify(text)};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of await generate()) writeFileSync(join(target, name), text);
  writeFileSync(reasonsPagePath, generateReasonsPage());
  writeFileSync(limitsPagePath, generateLimitsPage());
  writeFileSync(problemsPagePath, generateProblemsPage());
  writeFileSync(clientTypesPath, generateClientTypes());
  writeFileSync(apiPagePath, generateApiPage());
}
