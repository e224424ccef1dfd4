// Generated from lambdas/domain/sql/sql.peggy by `npm run generate`.
import type { SqlTree } from '../domain/sql/sql-tree.ts';

/** Where and why a text is not of the grammar. Lines, columns and offsets; lines and columns count from 1. */
export declare class SyntaxError extends globalThis.SyntaxError {
  readonly location: { readonly start: { readonly line: number; readonly column: number; readonly offset: number } };
  readonly found: string | null;
}

/** The tree of a text, as the grammar's actions build it. Throws `SyntaxError`. */
export declare function parse(text: string): SqlTree;
