import { mayDo, reachesSink } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Route } from './route-table.ts';

/** Operations that show a caller who is limited to some sinks only what is of these. */
const narrowing: ReadonlySet<string> = new Set(['v1ListSinks', 'listSinks', 'getReceipt', 'redriveReceipt']);

/**
 * Operations that make somebody able to come in, or to do more: they need a sign-in. What is made with a key would
 * outlive the key, and what is revoked would go on.
 */
const signedInOnly: ReadonlySet<string> = new Set([
  ...['postKey', 'postToken', 'v1CreateInvite', 'createInvite', 'resetUserPassword', 'putUser'],
]);

/**
 * Whether the caller may use the route, before anything is looked up: the answer tells nothing of what exists.
 * @throws Problem `forbidden` that names the verb or the sinks
 */
export function authorize(caller: Caller, { verb, operation }: Route, params: Readonly<Record<string, string>>): void {
  if (verb === 'any' || verb === 'open') return;
  if (!mayDo(caller, verb)) throw refusal(caller, verb);
  if (caller.tokenId !== undefined && signedInOnly.has(operation))
    throw new Problem('forbidden', 'No key or token opens this call: sign in, and use the Id token.', { verb });
  if (caller.scope?.sinks === undefined || narrowing.has(operation)) return;
  if (!reachesSink(caller, params['sink_id'] as SinkId | undefined))
    throw new Problem('forbidden', 'The token reaches the sinks that it was made for, and nothing else.', {
      sinks: caller.scope.sinks,
    });
}

function refusal({ role, scope }: Caller, verb: string): Problem {
  return scope === undefined || scope.verbs.includes(verb as never)
    ? new Problem('forbidden', `The role ${role} may not ${verb}; an administrator may.`, { verb })
    : new Problem('forbidden', `The token may ${scope.verbs.join(', ')}, and this needs ${verb}.`, { verb });
}
