import { Problem } from '../../../domain/problem.ts';
import type { OpenRequest } from '../../operation.ts';

/** Entries of a list that one answer shows: if nothing is asked for, and at most. */
const limitDefault = 100;
const limitMax = 1_000;

/** `?limit=` of a list. @throws Problem for anything but a whole number in the range */
export function pageLimitOf(request: OpenRequest): number {
  const limit = request.query('limit');
  if (limit === undefined) return limitDefault;
  const count = /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
  if (count >= 1 && count <= limitMax) return count;
  throw new Problem('invalid_parameter', `limit is a whole number from 1 to ${limitMax}.`, { parameter: 'limit' });
}
