import type { UserId } from '../../../domain/ids.ts';
import { userNotFound } from '../../../use-cases/read-users.ts';
import { type OperationRequest, paramOf } from '../../operation.ts';

/**
 * The user that a path names; `current` is the caller.
 * @throws Problem `not_found` for `current` where a token of the tenant asks, which is nobody's
 */
export function userOf(request: OperationRequest): { readonly userId: UserId } {
  const named = paramOf<UserId>(request, 'user_id');
  const userId = named === ('current' as UserId) ? request.caller.userId : named;
  if (userId === undefined) throw userNotFound(named);
  return { userId };
}
