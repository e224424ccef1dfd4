import { describe, expect, it } from '@jest/globals';
import { gateQueries } from '../../lambdas/host/query-gate.ts';
import type { QueryEngine, QueryResult } from '../../lambdas/ports/query-engine.ts';

const nothing: QueryResult = { columns: [], rows: [], elapsedMs: 0 };

/** An engine whose queries end when they are told to. */
function heldEngine() {
  const open: { end: () => void; fail: () => void }[] = [];
  let most = 0;
  let running = 0;
  const engine: QueryEngine = {
    run: () =>
      new Promise((resolve, reject) => {
        running += 1;
        most = Math.max(most, running);
        const done = () => {
          running -= 1;
        };
        open.push({
          end: () => {
            done();
            resolve(nothing);
          },
          fail: () => {
            done();
            reject(new Error('no'));
          },
        });
      }),
  };
  return { engine, open, most: () => most };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const ask = (engine: QueryEngine) =>
  engine.run({ kind: 'compiled', sql: 'SELECT 1', parameters: [] }, [], {
    timeoutMs: 1,
    rowsMax: 1,
    memoryMegabytesMax: 1,
  });

describe('the gate before the query engine', () => {
  it('lets four run, and the next one in when one ends, well or badly', async () => {
    const { engine, open, most } = heldEngine();
    const gated = gateQueries(engine);
    const answers = Array.from({ length: 10 }, () => ask(gated).catch(() => 'failed'));
    await turn();
    expect(open).toHaveLength(4);
    open[0]!.fail();
    open[1]!.end();
    await turn();
    expect(open).toHaveLength(6);
    for (let i = 2; i < 10; i++) {
      open[i]!.end();
      await turn();
    }
    expect(await Promise.all(answers)).toEqual(['failed', ...Array(9).fill(nothing)]);
    expect(most()).toBe(4);
  });

  it('turns away those that would wait behind a hundred', async () => {
    const { engine, open } = heldEngine();
    const gated = gateQueries(engine);
    const answers = Array.from({ length: 104 }, () => ask(gated));
    await turn();
    await expect(ask(gated)).rejects.toMatchObject({ kind: 'unavailable' });
    for (let i = 0; i < 104; i++) {
      open[i]!.end();
      await turn();
    }
    expect(await Promise.all(answers)).toHaveLength(104);
  });
});
