/**
 * Makes the parsers of the query languages from the grammars beside their compilers. The output is checked in, so that
 * no deployed bundle carries the parser generator.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import peggy from 'peggy';

const domain = new URL('../lambdas/domain/', import.meta.url);
const target = new URL('../lambdas/generated/', import.meta.url);
/** Languages and the types of their trees, each in `<language>-tree.ts` beside its grammar. */
const trees = { sql: 'SqlTree', pql: 'PqlQuery' } as const;
type Language = keyof typeof trees;
const languages = Object.keys(trees) as readonly Language[];

/** The generated files of all grammars by name: a module and its declarations for each. */
export async function generateParsers(): Promise<ReadonlyMap<string, string>> {
  return new Map(
    languages.flatMap((language) => [
      [`${language}-parser.js`, parserModule(language)],
      [`${language}-parser.d.ts`, declarations(language)],
    ]),
  );
}

function parserModule(language: Language): string {
  const grammar = readFileSync(new URL(`${language}/${language}.peggy`, domain), 'utf8');
  return peggy.generate(grammar, { output: 'source', format: 'es' });
}

function declarations(language: Language): string {
  return `// Generated from lambdas/domain/${language}/${language}.peggy by \`npm run generate\`.
import type { ${trees[language]} } from '../domain/${language}/${language}-tree.ts';

/** Where and why a text is not of the grammar. Lines, columns and offsets; lines and columns count from 1. */
export declare class SyntaxError extends globalThis.SyntaxError {
  readonly location: { readonly start: { readonly line: number; readonly column: number; readonly offset: number } };
  readonly found: string | null;
}

/** The tree of a text, as the grammar's actions build it. Throws \`SyntaxError\`. */
export declare function parse(text: string): ${trees[language]};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of await generateParsers()) writeFileSync(new URL(name, target), text);
}
