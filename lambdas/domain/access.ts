import type { Caller } from './caller.ts';
import type { SinkId } from './ids.ts';
import { type Verb, verbs } from './scope.ts';
import type { UserRole } from './tenant.ts';

/** What each role allows. */
export const verbsOfRole: Readonly<Record<UserRole, readonly Verb[]>> = {
  Administrator: verbs,
  User: verbs.filter((verb) => verb !== 'administer'),
};

/** Whether somebody may do what needs this verb. */
export function mayDo({ role, scope }: Pick<Caller, 'role' | 'scope'>, verb: Verb): boolean {
  return verbsOfRole[role].includes(verb) && (scope === undefined || scope.verbs.includes(verb));
}

/** Whether a sink is within somebody's reach; no sink (undefined) is, unless they are limited to some. */
export function reachesSink({ scope }: Pick<Caller, 'scope'>, sinkId: SinkId | undefined): boolean {
  return scope?.sinks === undefined || (sinkId !== undefined && scope.sinks.includes(sinkId));
}
