import { mayDo, verbsOfRole } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { SinkId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import { defaultKeyVerbs, type Scope, type Verb } from '../domain/scope.ts';
import type { User } from '../domain/tenant.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

/** A scope as it is asked for. */
export type ScopeRequest = Partial<Scope>;

/**
 * The scope of a key to be made: what is asked for, or what every key is good for, as far as the caller has it. Nobody
 * gives more than they have, nor more than the owner's role allows, which may grow one day.
 * @param owner undefined for a token of the tenant
 * @throws Problem `forbidden` for more than that; `related_not_found` for a sink of which the tenant has none
 */
export async function keyScopeOf(
  { catalog }: { readonly catalog: Pick<Catalog, 'findSink'> },
  caller: Caller,
  owner: Pick<User, 'role'> | undefined,
  { verbs, sinks }: ScopeRequest,
): Promise<Scope> {
  const ownersVerbs = owner ? verbsOfRole[owner.role] : defaultKeyVerbs;
  const granted = verbs ?? defaultKeyVerbs.filter((verb) => mayDo(caller, verb) && ownersVerbs.includes(verb));
  assertVerbs(caller, owner, ownersVerbs, granted);
  if (sinks === undefined) return { verbs: [...new Set(granted)] };
  await Promise.all(sinks.map((id) => assertSink(catalog, caller, id)));
  return { verbs: [...new Set(granted)], sinks: [...new Set(sinks)] };
}

function assertVerbs(
  caller: Caller,
  owner: Pick<User, 'role'> | undefined,
  ownersVerbs: readonly Verb[],
  granted: readonly Verb[],
): void {
  const unheld = granted.find((verb) => !mayDo(caller, verb));
  if (unheld !== undefined || granted.length === 0)
    throw new Problem(
      'forbidden',
      `Nobody gives a key more than they may themselves: ${unheld ?? 'no verb is left'}.`,
      {
        ...(unheld !== undefined && { verb: unheld }),
      },
    );
  const beyond = granted.find((verb) => !ownersVerbs.includes(verb));
  if (beyond === undefined) return;
  if (owner)
    throw new Problem('forbidden', `The role ${owner.role} may not ${beyond}, so its keys may not.`, { verb: beyond });
  const message = `A token may ${defaultKeyVerbs.join(', ')}; ${beyond} is for users and their keys.`;
  throw new Problem('invalid_parameter', message, { parameter: 'scope.verbs' });
}

async function assertSink(catalog: Pick<Catalog, 'findSink'>, { tenantId }: Caller, id: SinkId): Promise<void> {
  if (!(await catalog.findSink(tenantId, id)))
    throw new Problem('related_not_found', `sink ${shown(id)} not found`, { parameter: 'scope.sinks' });
}
