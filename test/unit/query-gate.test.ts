import { describe, expect, it } from '@jest/globals';
import { gateQueries } from '../../lambdas/host/query-gate.ts';
import type { QueryEngine, QueryResult } from '../../lambdas/ports/query-engine.ts';

const nothing: QueryResult = { columns: [], rows: [], elapsedMs: 0, scanned: { segments: 0, bytes: 0 } };

/** An engine whose queries end when they are told to. */
function heldEngine() {
  const open: { end: () => void; fail: () => void }[] = [];
  let most = 0;
  let running = 0;
  const engine: QueryEngine = {
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve, reject) => {
        open.push({ end: resolve, fail: () => reject(new Error('no')) });
      }).finally(() => {
        running -= 1;
      });
      return nothing;
    },
  };
  return { engine, open, most: () => most };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const ask = (engine: QueryEngine, timeoutMs = 60_000) =>
  engine.run({ kind: 'compiled', sql: 'SELECT 1', parameters: [] }, [], {
    timeoutMs,
    rowsMax: 1,
    memoryMegabytesMax: 1,
    bytesMax: 1,
  });

describe('the gate before the query engine', () => {
  it('lets two run, and the next one in when one ends, well or badly', async () => {
    const { engine, open, most } = heldEngine();
    const gated = gateQueries(engine);
    const answers = Array.from({ length: 6 }, () => ask(gated).catch(() => 'failed'));
    await turn();
    expect(open).toHaveLength(2);
    open[0]!.fail();
    await turn();
    expect(open).toHaveLength(3);
    for (let i = 1; i < 6; i++) {
      open[i]!.end();
      await turn();
    }
    expect(await Promise.all(answers)).toEqual(['failed', ...Array(5).fill(nothing)]);
    expect(most()).toBe(2);
  });

  it('turns away those that would wait behind a hundred, or wait longer than they may run', async () => {
    const { engine, open } = heldEngine();
    const gated = gateQueries(engine);
    const answers = Array.from({ length: 101 }, () => ask(gated));
    await expect(ask(gated, 1)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('1 ms'),
    });
    answers.push(ask(gated));
    await expect(ask(gated)).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('100') });
    for (let i = 0; i < 102; i++) {
      open[i]!.end();
      await turn();
    }
    expect(await Promise.all(answers)).toHaveLength(102);
  });
});
