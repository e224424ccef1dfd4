import { listEntriesDefault, listEntriesMax } from '../../domain/limits.ts';
import { Problem } from '../../domain/problem.ts';
import type { OpenRequest } from '../operation.ts';

/**
 * `?limit=` of a list.
 * @throws Problem for anything but a whole number that a list can show
 */
export function pageLimitOf(request: Pick<OpenRequest, 'query'>): number {
  const limit = request.query('limit');
  if (limit === undefined) return listEntriesDefault;
  const count = /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
  if (count >= 1 && count <= listEntriesMax) return count;
  throw new Problem('invalid_parameter', `limit is a whole number from 1 to ${listEntriesMax}.`, {
    parameter: 'limit',
  });
}

/** What `next` of a log can be: ids (ULIDs, which replays join), alone or with a position behind them. */
const logCursor = /^[0-9A-HJKMNP-TV-Z]{26}[\w.-]{0,64}$/;

/**
 * `?after=` of a log, whose cursors are ids of its entries; undefined at its beginning. What was there may be gone meanwhile.
 * @throws Problem for what no `next` is
 */
export function pageAfterOf<T extends string>(request: Pick<OpenRequest, 'query'>): { readonly after?: T } {
  const after = request.query('after');
  if (after === undefined || after === '') return {};
  if (logCursor.test(after)) return { after: after as T };
  throw new Problem('invalid_parameter', 'after is the `next` of the page before, and this is none.', {
    parameter: 'after',
  });
}
