import type { UserId } from '../../../domain/ids.ts';
import { isV2InviteBody, isV2PasswordBody, isV2UserBody } from '../../../generated/request-validators.js';
import { changePassword } from '../../../use-cases/change-password.ts';
import { changeUser, removeUser } from '../../../use-cases/change-user.ts';
import { endSessions } from '../../../use-cases/end-sessions.ts';
import { inviteUser } from '../../../use-cases/invite-user.ts';
import { getKey } from '../../../use-cases/read-keys.ts';
import { getUser, listUsers } from '../../../use-cases/read-users.ts';
import { resetPassword } from '../../../use-cases/reset-password.ts';
import { listInvited, withdrawInvite } from '../../../use-cases/withdraw-invite.ts';
import { type Answer, prettyAnswer } from '../../answer.ts';
import { originOf } from '../../audit-trail.ts';
import { preconditionOf, withEtag } from '../../etag.ts';
import type { ControlPorts } from '../../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../../operation.ts';
import { pause } from '../../pause.ts';
import { readBody } from '../../request-body.ts';
import { assertUnchanged } from '../unchanged.ts';
import { callerView, inviteView, newInviteView, tokenCallerView, userPutFree, userView } from './identity.ts';
import { userOf } from './user-of.ts';

type UserName = 'getCurrentUser' | 'listUsers' | 'getUser' | 'putUser' | 'deleteUser' | 'putUserPassword';
type InviteName = 'createInvite' | 'listInvites' | 'deleteInvite';
export type IdentityName = UserName | 'signOutUser' | 'resetUserPassword' | InviteName;

/** What holds a secret is kept by nobody on the way. */
const noStore = { 'cache-control': 'no-store' };

/** Users of the caller's tenant and their invites. `current` stands for the caller wherever an id of a user does. */
export function identityOperations(ports: ControlPorts): Readonly<Record<IdentityName, Operation>> {
  return { ...users(ports), ...ownAccount(ports), ...invites(ports) };
}

function users(
  ports: ControlPorts,
): Readonly<Record<'getCurrentUser' | 'listUsers' | 'getUser' | 'putUser' | 'deleteUser', Operation>> {
  return {
    getCurrentUser: async ({ caller }) => {
      const { userId, tokenId } = caller;
      if (userId === undefined) {
        const token = await getKey(ports, caller, { keyId: tokenId! });
        return prettyAnswer(200, tokenCallerView(caller, token));
      }
      const user = await getUser(ports, caller, { userId });
      const answer = prettyAnswer(200, callerView(caller, user));
      // What a key shows depends on the key as well, which the user's revision does not name.
      return tokenId === undefined ? withEtag(answer, user.revision) : answer;
    },
    listUsers: async ({ caller }) =>
      prettyAnswer(200, { resources: (await listUsers(ports, caller)).map((user) => userView(user)) }),
    getUser: async (request) => shown(await getUser(ports, request.caller, userOf(request))),
    putUser: async (request) => {
      const body = readBody(isV2UserBody, request.body);
      const precondition = preconditionOf(request);
      assertUnchanged(body, userView(await getUser(ports, request.caller, userOf(request))), userPutFree);
      const { role, status: state } = body;
      const change = { ...userOf(request), ...precondition, ...(role && { role }), ...(state && { state }) };
      return shown(await changeUser(ports, request.caller, change));
    },
    deleteUser: async (request) =>
      shown(await removeUser(ports, request.caller, { ...userOf(request), ...preconditionOf(request) })),
  };
}

function ownAccount(
  ports: ControlPorts,
): Readonly<Record<'putUserPassword' | 'signOutUser' | 'resetUserPassword', Operation>> {
  return {
    putUserPassword: async (request) => {
      const { current_password, new_password } = readBody(isV2PasswordBody, request.body);
      const { source } = originOf(request.event);
      const change = { ...userOf(request), currentPassword: current_password, newPassword: new_password, source };
      return shown(await changePassword({ pause, ...ports }, request.caller, change));
    },
    signOutUser: async (request) => shown(await endSessions(ports, request.caller, userOf(request))),
    resetUserPassword: async (request) => {
      const reset = await resetPassword(ports, request.caller, userOf(request));
      return prettyAnswer(201, newInviteView(reset), noStore);
    },
  };
}

function invites(ports: ControlPorts): Readonly<Record<InviteName, Operation>> {
  return {
    createInvite: async ({ caller, body }) => {
      const { email, role } = readBody(isV2InviteBody, body);
      const invited = await inviteUser(ports, caller, { email, ...(role && { role }) });
      return prettyAnswer(201, newInviteView(invited), noStore);
    },
    listInvites: async ({ caller }) =>
      prettyAnswer(200, { resources: (await listInvited(ports, caller)).map(inviteView) }),
    deleteInvite: async (request: OperationRequest) => {
      const userId = paramOf<UserId>(request, 'user_id');
      return prettyAnswer(200, inviteView(await withdrawInvite(ports, request.caller, { userId })));
    },
  };
}

function shown(user: Parameters<typeof userView>[0]): Answer {
  return withEtag(prettyAnswer(200, userView(user)), user.revision);
}
