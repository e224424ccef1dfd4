import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { killedTable, roundRows } from './sqlite-row-store-rounds.ts';

/**
 * A process to be killed: merges round after round into the directory that its argument names, and prints the number of
 * each round once its promise has resolved.
 */
const store = makeSqliteRowStore(process.argv[2]!);
await store.create(killedTable);
for (let round = Number(process.argv[3]); ; round++) {
  await store.merge(killedTable, roundRows(round));
  process.stdout.write(`${round}\n`);
}
