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
