import type { TokenId } from '../../../domain/ids.ts';
import type { ApiToken } from '../../../domain/tenant.ts';
import { isV2CreateKeyBody, isV2KeyBody } from '../../../generated/request-validators.js';
import { renameKey, revokeKey } from '../../../use-cases/change-key.ts';
import { createKey } from '../../../use-cases/create-key.ts';
import { getKey, type KeyOwner, type KeyPlace, keyValidator, listKeys } from '../../../use-cases/read-keys.ts';
import { type Answer, prettyAnswer } from '../../answer.ts';
import { preconditionOf, withEtag } from '../../etag.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../../operation.ts';
import { readBody } from '../../request-body.ts';
import { assertUnchanged } from '../unchanged.ts';
import { descriptionOf, keyPutFree, keyRequestOf, keyView } from './identity.ts';
import { userOf } from './user-of.ts';

type Verb = 'list' | 'post' | 'get' | 'put' | 'delete';
export type KeyName =
  | 'listUserKeys'
  | `${'post' | 'get' | 'put' | 'delete'}UserKey`
  | 'listTokens'
  | `${'post' | 'get' | 'put' | 'delete'}Token`;

/** API keys of users, and tokens of the tenant: one entity under two paths. */
export function identityKeyOperations(ports: ControlPorts): Readonly<Record<KeyName, Operation>> {
  const keys = keysOf(ports, 'key_id', userOf);
  const tokens = keysOf(ports, 'token_id', () => ({}));
  return {
    listUserKeys: keys.list,
    postUserKey: keys.post,
    getUserKey: keys.get,
    putUserKey: keys.put,
    deleteUserKey: keys.delete,
    listTokens: tokens.list,
    postToken: tokens.post,
    getToken: tokens.get,
    putToken: tokens.put,
    deleteToken: tokens.delete,
  };
}

function keysOf(
  ports: ControlPorts,
  parameter: 'key_id' | 'token_id',
  ownerOf: (request: OperationRequest) => KeyOwner,
): Readonly<Record<Verb, Operation>> {
  const placeOf = (request: OperationRequest): KeyPlace => ({
    ...ownerOf(request),
    keyId: paramOf<TokenId>(request, parameter),
  });
  const view = (key: ApiToken, secret?: string) => keyView(key, ports.clock.now(), secret);
  const shown = (key: ApiToken): Answer => withEtag(prettyAnswer(200, view(key)), keyValidator(key, ports.clock.now()));
  return {
    list: async (request) => {
      const keys = await listKeys(ports, request.caller, ownerOf(request));
      return prettyAnswer(200, { resources: keys.map((key) => view(key)) });
    },
    post: async (request) => {
      const asked = keyRequestOf(readBody(isV2CreateKeyBody, request.body));
      const { key, secret } = await createKey(ports, request.caller, { ...ownerOf(request), ...asked });
      return withEtag(prettyAnswer(201, view(key, secret), { 'cache-control': 'no-store' }), key.revision);
    },
    get: async (request) => shown(await getKey(ports, request.caller, placeOf(request))),
    put: async (request) => {
      const body = readBody(isV2KeyBody, request.body);
      const precondition = preconditionOf(request);
      assertUnchanged(body, view(await getKey(ports, request.caller, placeOf(request))), keyPutFree);
      const change = { ...placeOf(request), ...precondition, description: descriptionOf(body.description) };
      return shown(await renameKey(ports, request.caller, change));
    },
    delete: async (request) =>
      shown(await revokeKey(ports, request.caller, { ...placeOf(request), ...preconditionOf(request) })),
  };
}
