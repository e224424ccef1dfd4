import type { V1CreateSinkBody } from '../../lambdas/generated/request-bodies.ts';
import { readFixture } from './read-fixture.ts';

type V1Schema = V1CreateSinkBody['schema'];

/** Requests one after the other, each of some records of one row (its id is left to the test), and the row they lead to. */
export interface V1History {
  readonly name: string;
  readonly posts: readonly (readonly Readonly<Record<string, unknown>>[])[];
  /** As JSON shows it. Columns that are not named are null. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** What no /v1 sink may have, beside an `id` of type id that is its id field. */
export interface V1Refused {
  readonly name: string;
  readonly schema?: Partial<V1Schema>;
  readonly definition?: V1Schema['definition'];
  readonly says: string;
}

/** A /v1 schema with every type and every config once, in the manner of schema files that clients have. */
export function readV1Types(): { readonly schema: V1Schema; readonly histories: V1History[] } {
  return { schema: readFixture('v1-types/schema.json'), histories: readFixture('v1-types/histories.json') };
}
