import { createHash } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import {
  type Listed,
  type PageRequest,
  type Place,
  pageOf,
  type Selection,
  sorts,
} from '../../domain/resource-page.ts';
import { type Answer, prettyAnswer } from '../answer.ts';
import type { OpenRequest } from '../operation.ts';
import { pageLimitOf } from './page-limit.ts';

/** One list of resources. */
export interface ResourceList {
  /** Tells it from all other lists; a cursor belongs to one. */
  readonly of: string;
  /** Those that its resources can be shown with. */
  readonly statuses: readonly string[];
}

type ListRequest = Pick<OpenRequest, 'query'>;

/**
 * Answers a list: whole and in order of creation, unless `limit`, `after`, `name`, `status` or `sort` ask otherwise.
 * Other parameters play no part.
 * @param listed what the page goes by, as it is shown
 * @throws Problem that names the parameter
 */
export function listAnswer<T>(
  request: ListRequest,
  list: ResourceList,
  all: readonly T[],
  listed: (one: T) => Listed,
  show: (one: T) => object,
): Answer {
  const asked = pageRequestOf(request, list);
  const { shown, next } = pageOf(all, listed, asked);
  return prettyAnswer(200, { resources: shown.map(show), ...(next && { next: cursorOf(next, list, asked) }) });
}

function pageRequestOf(request: ListRequest, list: ResourceList): PageRequest {
  const selection = selectionOf(request, list);
  const after = sent(request, 'after');
  const isPaged = after !== undefined || request.query('limit') !== undefined;
  return {
    ...selection,
    ...(isPaged && { limit: pageLimitOf(request) }),
    ...(after !== undefined && { after: placeOf(after, list, selection) }),
  };
}

function selectionOf(request: ListRequest, { statuses }: ResourceList): Selection {
  const [name, status] = [sent(request, 'name'), sent(request, 'status')];
  const sort = oneOf('sort', sent(request, 'sort') ?? 'created_at', sorts);
  return {
    sort,
    ...(name !== undefined && { name }),
    ...(status !== undefined && { status: oneOf('status', status.toUpperCase(), statuses) }),
  };
}

/** A parameter that was sent empty says nothing. */
function sent(request: ListRequest, name: string): string | undefined {
  return request.query(name) || undefined;
}

function oneOf<T extends string>(parameter: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new Problem('invalid_parameter', `${parameter} is one of ${allowed.join(', ')}.`, { parameter });
}

/** Opaque to clients: the mark of the list, its order and its filter, and where the page ended. */
function cursorOf({ id, name }: Place, list: ResourceList, selection: Selection): string {
  return Buffer.from(JSON.stringify([markOf(list, selection), id, name])).toString('base64url');
}

function placeOf(cursor: string, list: ResourceList, selection: Selection): Place {
  const [mark, id, name] = partsOf(cursor);
  if (typeof mark !== 'string' || typeof id !== 'string' || typeof name !== 'string')
    throw new Problem('invalid_parameter', 'after is the `next` of the page before, and this is none.', {
      parameter: 'after',
    });
  if (mark !== markOf(list, selection))
    throw new Problem(
      'invalid_parameter',
      'after belongs to another list, or to another sort, name or status. Send the same ones, or begin without after.',
      { parameter: 'after' },
    );
  return { id, name };
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** Eight characters: it tells mistakes, and nobody gains by another one. */
function markOf({ of }: ResourceList, { sort, name, status }: Selection): string {
  return createHash('sha256')
    .update(JSON.stringify([of, sort, name ?? null, status ?? null]))
    .digest('base64url')
    .slice(0, 8);
}
