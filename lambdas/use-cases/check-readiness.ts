import type { DatabaseId, TenantId } from '../domain/ids.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { Dependency } from '../ports/dependency.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { withinTime } from './within-time.ts';

/** Milliseconds that a store may take to answer: load balancers give up after five seconds, and take less for slow. */
const answerMsMax = 2_000;
/** Milliseconds for which a look is good: anybody may ask, and is not to load the stores by it. */
const lookAgeMs = 1_000;

export interface ReadinessPorts {
  readonly catalog: Pick<Catalog, 'findDatabase'>;
  readonly objects: Pick<ObjectStore, 'get'>;
  readonly clock: Clock;
  /** What the place needs besides. */
  readonly dependencies?: readonly Dependency[];
}

export interface ReadinessCheck {
  readonly name: string;
  readonly state: 'up' | 'down';
  readonly tookMs: number;
}

/**
 * Makes the look at whether the stores answer, all at the same time. Looks within a second are one; who asks while one is
 * under way gets its answer.
 */
export function makeCheckReadiness(ports: ReadinessPorts): () => Promise<readonly ReadinessCheck[]> {
  const needed = [...storesOf(ports), ...(ports.dependencies ?? [])];
  let last: { readonly atMs: number; readonly checks: Promise<readonly ReadinessCheck[]> } | undefined;
  return () => {
    const now = ports.clock.now();
    if (last === undefined || now < last.atMs || now - last.atMs >= lookAgeMs)
      last = { atMs: now, checks: Promise.all(needed.map((one) => look(one, ports.clock))) };
    return last.checks;
  };
}

/** Reads of what is not there: each store has to look, and nothing comes of it. */
function storesOf({ catalog, objects }: ReadinessPorts): Dependency[] {
  return [
    { name: 'catalog', ask: () => catalog.findDatabase('ready' as TenantId, 'ready' as DatabaseId) },
    // In a folder that the function may read.
    { name: 'objects', ask: () => objects.get('values/ready') },
  ];
}

async function look({ name, ask }: Dependency, clock: Clock): Promise<ReadinessCheck> {
  const startedAtMs = clock.now();
  const state = await withinTime(asked(ask), answerMsMax).then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return { name, state, tookMs: Math.max(0, clock.now() - startedAtMs) };
}

/** What is thrown at once fails as a promise does. */
async function asked(ask: Dependency['ask']): Promise<void> {
  await ask();
}
