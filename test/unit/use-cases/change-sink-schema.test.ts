import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SinkId, TenantId } from '../../../lambdas/domain/ids.ts';
import type { Sink } from '../../../lambdas/domain/sink.ts';
import { RevisionConflict } from '../../../lambdas/ports/catalog/resources.ts';
import { changeSinkSchema, type SchemaRequest } from '../../../lambdas/use-cases/change-sink-schema.ts';
import { createSink } from '../../../lambdas/use-cases/create-sink.ts';
import { settleSink } from '../../../lambdas/use-cases/settle.ts';
import { bodyOf } from '../../support/open-pipeline.ts';
import { openReplays, type Replays } from '../../support/open-replays.ts';

let house: Replays;
beforeAll(() => {
  house = openReplays();
});
afterAll(() => house.close());

const columns = { n: { type: 'int' }, s: { type: 'string' } } as const;
const findSink = ({ id }: Sink) => house.ports.catalog.findSink(house.caller.tenantId, id);

function request(sinkId: SinkId, more: Partial<SchemaRequest> = {}): SchemaRequest {
  const items = [
    { name: '_id', path: ['id'] },
    { name: 'n', path: ['m'] },
  ];
  return {
    sinkId,
    items,
    schema: { a: 1 },
    key: { kind: 'mapped' },
    allowMissingFields: true,
    createColumns: false,
    ...more,
  };
}

describe('a new schema of a sink', () => {
  it('reads what is accepted from then on; what waits keeps the one it was accepted under', async () => {
    const { table, sink } = await house.newSink(columns);
    const body = bodyOf({ id: 1, n: 1, m: 10 });
    const before = await house.accept(house.caller, { sinkId: sink.id, body });
    await changeSinkSchema(house.ports, house.caller, request(sink.id));
    const after = await house.accept(house.caller, { sinkId: sink.id, body: bodyOf({ id: 2, n: 2, m: 20 }) });
    await house.consume();
    expect(await house.rows(table, 1, 2)).toEqual([
      [1, null],
      [20, null],
    ]);
    expect([before.receipt.mappingRevision, after.receipt.mappingRevision]).toEqual([1, 2]);
    expect(await findSink(sink)).toEqual({
      ...sink,
      status: 'RESTARTING',
      mappingRevision: 2,
      schema: { a: 1 },
      revision: sink.revision + 1,
    });
    await settleSink(house.ports, (await findSink(sink))!);
    expect(await findSink(sink)).toMatchObject({ status: 'ACTIVE' });
    expect(await house.ports.catalog.findMapping(sink.id, 1)).toMatchObject({
      items: [{ path: ['n'] }, { path: ['s'] }],
    });
    expect((await house.archived(sink.id)).map(({ applied }) => applied.map(({ revision }) => revision))).toEqual([
      [1],
      [2],
    ]);
  });

  it('has the answer of its first try for a key that was bound under the old one', async () => {
    const { sink } = await house.newSink(columns);
    const keyed = { sinkId: sink.id, body: bodyOf({ id: 1, m: 'x' }), idempotency: { key: 'k', untilMs: 0 } };
    const first = await house.accept(house.caller, keyed);
    await changeSinkSchema(house.ports, house.caller, request(sink.id));
    const again = await house.accept(house.caller, keyed);
    expect(again).toEqual(first);
    expect(again.receipt).toMatchObject({ accepted: 1, rejected: 0 });
  });

  it('of several at once follows one after the other, none lost', async () => {
    const { sink } = await house.newSink(columns);
    const changes = [1, 2, 3].map((a) =>
      changeSinkSchema(house.ports, house.caller, request(sink.id, { schema: { a } })),
    );
    await Promise.all(changes);
    expect(await findSink(sink)).toMatchObject({ mappingRevision: 4 });
    for (const revision of [1, 2, 3, 4]) expect(await house.ports.catalog.findMapping(sink.id, revision)).toBeDefined();
  });

  it('is given up where others never cease to change the sink', async () => {
    const { sink } = await house.newSink(columns);
    let tries = 0;
    const changeMapping = async () => {
      tries += 1;
      throw new RevisionConflict('somebody was faster');
    };
    const ports = { catalog: { ...house.ports.catalog, changeMapping } };
    const change = changeSinkSchema(ports, house.caller, request(sink.id));
    await expect(change).rejects.toMatchObject({ kind: 'incorrect_state' });
    expect(tries).toBe(10);
  });

  it('does not come twice when the answer to the first try is lost', async () => {
    const { sink } = await house.newSink(columns);
    let tries = 0;
    const changeMapping: typeof house.ports.catalog.changeMapping = async (...of) => {
      const saved = await house.ports.catalog.changeMapping(...of);
      if (tries++ === 0) throw new Error('no answer');
      return saved;
    };
    const ports = { catalog: { ...house.ports.catalog, changeMapping } };
    await expect(changeSinkSchema(ports, house.caller, request(sink.id))).rejects.toThrow('no answer');
    expect(await findSink(sink)).toMatchObject({ mappingRevision: 2, schema: { a: 1 } });
  });

  it('is none of others, and none of a sink that takes no records', async () => {
    const { sink } = await house.newSink(columns);
    const stranger = { tenantId: 'theirs' as TenantId };
    await expect(changeSinkSchema(house.ports, stranger, request(sink.id))).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(changeSinkSchema(house.ports, house.caller, request('none' as SinkId))).rejects.toMatchObject({
      kind: 'not_found',
    });
    await house.ports.catalog.saveSink({ ...sink, status: 'DELETING' });
    const change = changeSinkSchema(house.ports, house.caller, request(sink.id));
    await expect(change).rejects.toMatchObject({
      kind: 'incorrect_state',
      message: expect.stringContaining('DELETING'),
    });
    expect(await findSink(sink)).toMatchObject({ mappingRevision: 1 });
  });

  it.each<[string, Partial<SchemaRequest>]>([
    [
      'names a column that is not there',
      {
        items: [
          { name: '_id', path: ['id'] },
          { name: 'none', path: ['x'] },
        ],
      },
    ],
    ['maps no key', { items: [{ name: 'n', path: ['n'] }] }],
    [
      'names a column twice',
      {
        items: [
          { name: '_id', path: ['id'] },
          { name: 'n', path: ['a'] },
          { name: 'n', path: ['b'] },
        ],
      },
    ],
    [
      'has an empty path',
      {
        items: [
          { name: '_id', path: ['id'] },
          { name: 'n', path: [] },
        ],
      },
    ],
    [
      'maps a version of a table without',
      {
        items: [
          { name: '_id', path: ['id'] },
          { name: '_version', path: ['v'] },
        ],
      },
    ],
  ])('is refused as at creation: one that %s', async (_what, wrong) => {
    const { table, sink } = await house.newSink(columns);
    const made = createSink(house.ports, house.caller, {
      ...request(sink.id, wrong),
      ...{ databaseId: table.databaseId, tableName: table.name, name: 'other' },
    });
    const refusal = await made.then(
      () => undefined,
      (problem) => ({ kind: problem.kind, message: problem.message }),
    );
    expect(refusal).toBeDefined();
    await expect(changeSinkSchema(house.ports, house.caller, request(sink.id, wrong))).rejects.toMatchObject(refusal!);
    expect(await findSink(sink)).toEqual(sink);
  });
});
