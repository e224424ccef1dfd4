import { describe, expect, it } from '@jest/globals';
import { credentialOf } from '../../../lambdas/http/authentication.ts';
import { problemOf } from '../../support/problem-of.ts';

describe('credentials of a request', () => {
  it.each([
    [{ Authorization: 'Bearer a.b.c' }, { kind: 'bearer', token: 'a.b.c' }],
    [{ authorization: 'bearer a.b.c' }, { kind: 'bearer', token: 'a.b.c' }],
    [{ AUTHORIZATION: 'BEARER   a.b.c ' }, { kind: 'bearer', token: 'a.b.c' }],
    [{ authorization: 'a.b.c' }, { kind: 'bearer', token: 'a.b.c' }],
    [{ authorization: ' a.b.c ' }, { kind: 'bearer', token: 'a.b.c' }],
    [{ 'X-API-Key': 'secret' }, { kind: 'api-key', secret: 'secret' }],
    [
      { 'x-api-key': 'secret', authorization: '' },
      { kind: 'api-key', secret: 'secret' },
    ],
    [
      { 'x-api-key': 'secret', authorization: 'a.b.c' },
      { kind: 'bearer', token: 'a.b.c' },
    ],
    [{ authorization: 'Bearer' }, { kind: 'bearer', token: '' }],
    [{ authorization: 'Bearer ' }, { kind: 'bearer', token: '' }],
    [{}, undefined],
    [{ authorization: '  ' }, undefined],
  ])('%j', (headers, credential) => {
    expect(credentialOf({ headers })).toEqual(credential);
  });

  it.each(['Basic YWRhOnNlY3JldA==', 'Bearer t0ken-a t0ken-b', 'Token s3cret'])(
    'refuses %s without repeating it',
    async (authorization) => {
      const problem = await problemOf(() => credentialOf({ headers: { authorization } }));
      expect(problem.kind).toBe('unauthorized');
      for (const word of authorization.split(' ').slice(1)) expect(problem.message).not.toContain(word);
    },
  );
});
