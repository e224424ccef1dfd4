import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  assertIfMatch,
  preconditionOf,
  strongValidators,
  weakValidators,
  withEtag,
} from '../../../lambdas/http/etag.ts';
import { apiEvent } from '../../support/api-call.ts';
import { problemOf } from '../../support/problem-of.ts';

/** An event with these headers, one or several lines each. */
function eventWith(headers: Readonly<Record<string, string | string[]>>): APIGatewayProxyEvent {
  const lines = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  return {
    ...apiEvent('PUT', '/'),
    headers: Object.fromEntries(lines.map(([name, values]) => [name, values.at(-1)!])),
    multiValueHeaders: Object.fromEntries(lines),
  };
}

describe('conditions of a request', () => {
  it.each<[string | string[], unknown, unknown]>([
    ['*', 'any', 'any'],
    ['"3"', ['3'], ['3']],
    ['  "3"  ', ['3'], ['3']],
    ['W/"3"', [], ['3']],
    ['"3", W/"4","5"', ['3', '5'], ['3', '4', '5']],
    [', "3" ,, "4",', ['3', '4'], ['3', '4']],
    [
      ['"3"', '"4"'],
      ['3', '4'],
      ['3', '4'],
    ],
    ['""', [''], ['']],
    ['"a,b"', ['a,b'], ['a,b']],
    ['"\u00fc!#~"', ['\u00fc!#~'], ['\u00fc!#~']],
    ['3', 'malformed', 'malformed'],
    ['', 'malformed', 'malformed'],
    [',', 'malformed', 'malformed'],
    ['"3', 'malformed', 'malformed'],
    ['"3" "4"', 'malformed', 'malformed'],
    ['"3""4"', 'malformed', 'malformed'],
    ['w/"3"', 'malformed', 'malformed'],
    ['W/ "3"', 'malformed', 'malformed'],
    ['"3", *', 'malformed', 'malformed'],
    ['"a b"', 'malformed', 'malformed'],
  ])('%j names %j strongly and %j weakly', (value, strong, weak) => {
    expect(strongValidators(eventWith({ 'If-Match': value }))).toEqual(strong);
    expect(weakValidators(eventWith({ 'if-none-match': value }))).toEqual(weak);
  });

  it('are none where there is no such header, also where the event has no lists of lines', () => {
    expect(preconditionOf({ event: eventWith({ other: '"3"' }) })).toEqual({});
    expect(preconditionOf({ event: apiEvent('PUT', '/', { headers: { 'IF-MATCH': '"3"' } }) })).toEqual({
      ifMatch: ['3'],
    });
  });

  it.each([
    [{ 'if-match': '"2", "3"' }, 'nothing'],
    [{ 'if-match': '*' }, 'nothing'],
    [{ 'if-none-match': '"2"' }, 'nothing'],
    [{}, 'nothing'],
    [{ 'if-match': '"2"' }, 'precondition_failed'],
    [{ 'if-match': 'W/"3"' }, 'precondition_failed'],
    [{ 'if-none-match': '*' }, 'precondition_failed'],
    [{ 'if-none-match': 'W/"3"' }, 'precondition_failed'],
    [{ 'if-match': '"3"', 'if-none-match': '"3"' }, 'precondition_failed'],
    [{ 'if-match': 'nonsense' }, 'invalid_parameter'],
    [{ 'if-none-match': 'nonsense' }, 'invalid_parameter'],
  ])('%j throw %s at revision 3', async (headers, kind) => {
    const check = () => assertIfMatch({ event: eventWith(headers as Record<string, string>) }, 3);
    if (kind === 'nothing') expect(check()).toBeUndefined();
    else expect(await problemOf(check)).toMatchObject({ kind });
  });

  it('reads no list of many thousand tags slowly', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `"${i}"`).join(' , ');
    expect(strongValidators(eventWith({ 'if-match': many }))).toHaveLength(20_000);
    expect(strongValidators(eventWith({ 'if-match': `${' ,'.repeat(50_000)}"` }))).toBe('malformed');
  });
});

it('an entity tag stands beside the other headers', () => {
  const answer = { statusCode: 200, headers: { a: 'b' }, body: '{}' };
  expect(withEtag(answer, 3)).toEqual({ ...answer, headers: { a: 'b', etag: '"3"' } });
});
