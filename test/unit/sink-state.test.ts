import { describe, expect, it } from '@jest/globals';
import type { SinkStatus } from '../../lambdas/domain/sink.ts';
import {
  factsOfSink,
  isSettledTable,
  nextSinkStatus,
  nextTableStatus,
  type SinkFacts,
  type TableFacts,
  takesRecords,
} from '../../lambdas/domain/sink-state.ts';
import type { TableStatus } from '../../lambdas/domain/table.ts';

const tables: readonly SinkFacts['table'][] = ['CREATING', 'ACTIVE', 'FAILED', 'GONE'];
const stores: readonly TableFacts['store'][] = ['unneeded', 'absent', 'creating', 'active', 'refused'];

describe('states of sinks', () => {
  it.each<[SinkStatus, Partial<SinkFacts>, SinkStatus | 'GONE']>([
    ['CREATING', { table: 'CREATING' }, 'CREATING'],
    ['CREATING', { table: 'ACTIVE' }, 'ACTIVE'],
    ['CREATING', { table: 'FAILED' }, 'FAILED'],
    ['CREATING', { table: 'GONE' }, 'FAILED'],
    ['DELETING', { pending: true }, 'DELETING'],
    ['DELETING', { pending: false }, 'GONE'],
    ['DELETING', {}, 'DELETING'],
    ['RESTARTING', { outdated: true }, 'RESTARTING'],
    ['RESTARTING', { outdated: false, pending: true }, 'ACTIVE'],
    ['RESTARTING', {}, 'RESTARTING'],
  ])('%s with %j becomes %s', (status, facts, next) => {
    expect(nextSinkStatus(status, facts)).toBe(next);
  });

  it.each<SinkStatus>(['ACTIVE', 'FAILED'])('%s needs no facts and none changes it', (status) => {
    expect(factsOfSink(status)).toEqual([]);
    for (const table of tables)
      for (const pending of [true, false])
        for (const outdated of [true, false]) expect(nextSinkStatus(status, { table, pending, outdated })).toBe(status);
  });

  it('names the facts that decide', () => {
    const deciding = (['CREATING', 'RESTARTING', 'DELETING'] as const).map(factsOfSink);
    expect(deciding).toEqual([['table'], ['outdated'], ['pending']]);
  });

  it.each<[SinkStatus, boolean]>([
    ['CREATING', false],
    ['ACTIVE', true],
    ['RESTARTING', true],
    ['FAILED', false],
    ['DELETING', false],
  ])('%s takes records: %s', (status, takes) => {
    expect(takesRecords({ status })).toBe(takes);
  });
});

describe('states of tables', () => {
  it.each<[TableFacts['store'], TableStatus]>([
    ['unneeded', 'ACTIVE'],
    ['absent', 'CREATING'],
    ['creating', 'CREATING'],
    ['active', 'ACTIVE'],
    ['refused', 'FAILED'],
  ])('CREATING with its store %s becomes %s', (store, next) => {
    expect(nextTableStatus('CREATING', { store })).toBe(next);
  });

  it.each<TableStatus>(['ACTIVE', 'FAILED'])('%s stays', (status) => {
    expect(isSettledTable(status)).toBe(true);
    for (const store of stores) expect(nextTableStatus(status, { store })).toBe(status);
  });
});
