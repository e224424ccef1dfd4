import type { SinkStatus } from './sink.ts';
import type { TableStatus } from './table.ts';

/**
 * The states of tables and sinks as data: from each state, the first rule whose facts all hold says what comes next.
 * A state without rules is settled, and reading it costs no look at any fact.
 */
interface Rule<Facts, Next> {
  readonly when: Partial<Facts>;
  readonly to: Next;
}
type Machine<Facts, State extends string, Next> = Readonly<Record<State, readonly Rule<Facts, Next>[]>>;

/** `unneeded`: a table whose kind of key is undecided has no row store. `refused`: it could not be made. */
export interface TableFacts {
  readonly store: 'unneeded' | 'absent' | 'creating' | 'active' | 'refused';
}

export interface SinkFacts {
  /** Status of the sink's table; `GONE` when it does not exist. */
  readonly table: TableStatus | 'GONE';
  /** Whether a receipt of the sink is still queued. */
  readonly pending: boolean;
  /** Whether one of them was accepted under an older mapping than the sink's. */
  readonly outdated: boolean;
}

const tableMachine: Machine<TableFacts, TableStatus, TableStatus> = {
  CREATING: [
    { when: { store: 'unneeded' }, to: 'ACTIVE' },
    { when: { store: 'active' }, to: 'ACTIVE' },
    { when: { store: 'refused' }, to: 'FAILED' },
  ],
  ACTIVE: [],
  FAILED: [],
};

const sinkMachine: Machine<SinkFacts, SinkStatus, SinkStatus | 'GONE'> = {
  CREATING: [
    { when: { table: 'ACTIVE' }, to: 'ACTIVE' },
    { when: { table: 'FAILED' }, to: 'FAILED' },
    { when: { table: 'GONE' }, to: 'FAILED' },
  ],
  ACTIVE: [],
  RESTARTING: [{ when: { outdated: false }, to: 'ACTIVE' }],
  FAILED: [],
  DELETING: [{ when: { pending: false }, to: 'GONE' }],
};

/** Every status, for those who ask for tables or sinks by it. */
export const tableStatuses = Object.keys(tableMachine) as readonly TableStatus[];
export const sinkStatuses = Object.keys(sinkMachine) as readonly SinkStatus[];

/** True when no fact can change the status; only a request can. */
export function isSettledTable(status: TableStatus): boolean {
  return tableMachine[status].length === 0;
}

/** Whether a sink takes records: also while what came under an older mapping is still being written. */
export function takesRecords({ status }: { readonly status: SinkStatus }): boolean {
  return status === 'ACTIVE' || status === 'RESTARTING';
}

/** The facts that decide what follows a sink's status: none when it is settled. */
export function factsOfSink(status: SinkStatus): readonly (keyof SinkFacts)[] {
  return [...new Set(sinkMachine[status].flatMap(({ when }) => Object.keys(when) as (keyof SinkFacts)[]))];
}

/** The status that the facts make of a table's; the same one when they decide nothing. */
export function nextTableStatus(status: TableStatus, facts: TableFacts): TableStatus {
  return next(tableMachine[status], facts) ?? status;
}

/** The status that the facts make of a sink's; `GONE`: it is to be removed. Facts that are not needed may be left out. */
export function nextSinkStatus(status: SinkStatus, facts: Partial<SinkFacts>): SinkStatus | 'GONE' {
  return next(sinkMachine[status], facts) ?? status;
}

function next<Facts extends object, Next>(
  rules: readonly Rule<Facts, Next>[],
  facts: Partial<Facts>,
): Next | undefined {
  const holds = ({ when }: Rule<Facts, Next>) =>
    (Object.keys(when) as (keyof Facts)[]).every((name) => facts[name] === when[name]);
  return rules.find(holds)?.to;
}
