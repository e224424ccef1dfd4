import { expect, it, jest } from '@jest/globals';
import { runFaults } from './fault-rounds.ts';

/** It takes a minute or two on two cores of its own, and many times that where others work. */
jest.setTimeout(900_000);

it('acknowledged = visible = distinct after one kill at every boundary and one of every other fault', async () => {
  const { table, problems } = await runFaults({ kills: 1, seed: 5 });
  process.stderr.write(`\n${table}`);
  expect(problems).toEqual([]);
});
