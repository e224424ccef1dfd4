import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { systemClock } from '../../lambdas/adapters/system/system-clock.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import { aDatabase } from '../conformance/catalog-entities.ts';

/**
 * A process of its own that writes to the embedded stores below the folder it is given, from many callers at once, and
 * prints a line `<kind> <id>` for each write once it is acknowledged, until it is killed.
 */
const directory = process.argv[2]!;
const stores = openEmbeddedStores(directory, { clock: systemClock, ids: ulidSource });
const catalog = makeCatalog(stores.items);

const writes: Record<string, (id: string) => Promise<unknown>> = {
  message: (id) => stores.queues.queue.send('sink1', id),
  item: (id) =>
    stores.items.transact([{ put: { partition: 'items', sort: id, revision: 1, value: {} }, if: 'absent' }]),
  database: (id) => catalog.createDatabase(aDatabase({ id, name: id })),
  object: (id) => stores.objects.putIfAbsent(`objects/${id}`, Buffer.from(id)),
};

function acknowledge(kind: string, id: string): void {
  process.stdout.write(`${kind} ${id}\n`);
}

async function writeForever(kind: string, write: (id: string) => Promise<unknown>): Promise<never> {
  for (;;) {
    const id = ulidSource.next();
    acknowledge('version', await stores.versions.issue(1_000));
    await write(id);
    acknowledge(kind, id);
  }
}

const callersPerKind = 4;
for (const [kind, write] of Object.entries(writes)) {
  for (let caller = 0; caller < callersPerKind; caller += 1) void writeForever(kind, write);
}
