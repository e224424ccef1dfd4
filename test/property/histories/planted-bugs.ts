import { decodeBatch, encodeBatch } from '../../../lambdas/domain/batch.ts';
import { isSetCell } from '../../../lambdas/domain/merge.ts';
import type { Cell, RowState } from '../../../lambdas/domain/row.ts';
import { noStamp, type Version } from '../../../lambdas/domain/version.ts';
import type { HistoryPlace, HistoryPorts } from './history-place.ts';

/** A place with one thing wrong. */
export type PlantedBug = (place: HistoryPlace) => HistoryPlace;

/** What the property of the data plane is there to find. */
export const plantedBugs: Readonly<Record<string, PlantedBug>> = {
  'a tombstone is dropped': storing((row) => ({ ...row, tombstone: noStamp })),
  'segments lack tombstones': broken(({ segmentFiles }) => ({
    segmentFiles: {
      ...segmentFiles,
      write: (table, rows) =>
        segmentFiles.write(
          table,
          rows.map((row) => ({ ...row, tombstone: noStamp })),
        ),
    },
  })),
  'a null leaves the value': storing(withCells((cell) => (isSetCell(cell) || cell.value !== null ? cell : undefined))),
  'a clear of a set is lost': storing(withCells((cell) => (isSetCell(cell) ? { ...cell, cleared: noStamp } : cell))),
  'an empty list leaves a set null': storing(
    withCells((cell) => (isSetCell(cell) && cell.members.size === 0 ? { ...cell, touched: noStamp } : cell)),
  ),
  'two batches have one version': broken(({ versions }) => {
    let last: Version | undefined;
    return {
      versions: {
        issue: async (records) => {
          const given = last ?? (await versions.issue(records));
          last = last === undefined ? given : undefined;
          return given;
        },
      },
    };
  }),
  'the last to arrive wins': storing(ofArrival()),
  'a value of a column that was added again under its name revives': broken(({ catalog }) => ({
    catalog: {
      ...catalog,
      // Ids of columns are used again.
      saveTable: (table) => catalog.saveTable({ ...table, nextColumn: table.columns.length + 1 }),
    },
  })),
  'a segment is not registered': broken(({ catalog }) => {
    let segments = 0;
    return {
      catalog: {
        ...catalog,
        addSegment: async (segment) => {
          segments += 1;
          if (segments % 20 > 0) await catalog.addSegment(segment);
        },
      },
    };
  }),
  'a receipt counts a record twice': broken(({ catalog }) => ({
    catalog: {
      ...catalog,
      closeReceipts: (closings) =>
        catalog.closeReceipts(
          closings.map(({ receipt, result }) => ({ receipt, result: { ...result, written: 2 * result.written } })),
        ),
    },
  })),
  'a refused record does not reach quarantine': broken(({ catalog }) => ({
    catalog: { ...catalog, addQuarantined: (entries) => catalog.addQuarantined(entries.slice(1)) },
  })),
  'what is redriven stays in quarantine': broken(({ catalog }) => ({
    catalog: { ...catalog, removeQuarantined: async () => {} },
  })),
  'a retry under a key is another request': broken(({ catalog }) => ({
    catalog: { ...catalog, bindIdempotencyKey: async (record) => record },
  })),
  'members that a newer revision does not make stay': storing(
    withCells((cell) => {
      if (!isSetCell(cell)) return cell;
      return { ...cell, members: new Map([...cell.members].filter(([, { present }]) => present)) };
    }),
  ),
  'a replay does not know what an older revision made': broken(({ catalog }) => ({
    catalog: {
      ...catalog,
      findArchived: async (...args) => {
        const entry = await catalog.findArchived(...args);
        return entry && { ...entry, applied: [] };
      },
    },
  })),
  'a replay takes a new place in the order': broken(({ queue, versions }) => ({
    queue: {
      send: async (group, body) => {
        const { header, payload } = decodeBatch(body);
        const version = header.replayed ? await versions.issue(header.received) : header.version;
        await queue.send(group, encodeBatch({ header: { ...header, version }, payload }));
      },
    },
  })),
  'a message in ten is lost': (place) => ({
    ...place,
    newMessages: dropping(place.newMessages),
  }),
};

function broken(breaks: (ports: HistoryPorts) => Partial<HistoryPorts>): PlantedBug {
  return (place) => ({ ...place, ports: { ...place.ports, ...breaks(place.ports) } });
}

/** A row store that stores something else than it is told. */
function storing(instead: (row: RowState) => RowState): PlantedBug {
  return broken(({ rowStore }) => ({
    rowStore: { ...rowStore, merge: (table, rows) => rowStore.merge(table, rows.map(instead)) },
  }));
}

function withCells(change: (cell: Cell) => Cell | undefined): (row: RowState) => RowState {
  return (row) => ({ ...row, cells: row.cells.map((cell) => cell && change(cell)) });
}

/** Gives scalar cells stamps in the order in which they come. */
function ofArrival(): (row: RowState) => RowState {
  let arrived = 0;
  return withCells((cell) => {
    arrived += 1;
    return isSetCell(cell) ? cell : { ...cell, stamp: `z${String(arrived).padStart(16, '0')}` };
  });
}

function dropping(newMessages: HistoryPlace['newMessages']): HistoryPlace['newMessages'] {
  let messages = 0;
  return async () =>
    (await newMessages()).filter(() => {
      messages += 1;
      return messages % 10 > 0;
    });
}
