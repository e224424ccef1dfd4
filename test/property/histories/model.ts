import type { ReasonCode } from '../../../lambdas/domain/reasons.ts';
import type { KeyType } from '../../../lambdas/domain/table.ts';
import { type History, pathsPerKind, type RecordPlan } from './history.ts';
import { type Kind, kinds, missingSample, type SampleValue, samples, times, versions } from './sample-values.ts';

/** A column that the table has or had; one that is added again under its name is another. */
export interface ModelColumn {
  readonly name: string;
  readonly kind: Kind;
  isDropped?: boolean;
}

export interface ModelItem {
  readonly column: ModelColumn;
  /** Which of the paths of the column's kind. */
  readonly path: number;
}

export interface ModelMapping {
  readonly items: readonly ModelItem[];
  readonly allowMissing: boolean;
  readonly partial: boolean;
  readonly byOtherKey: boolean;
}

/** What a record comes to under a mapping. */
export type ModelOutcome =
  | { readonly delete: string; readonly version?: bigint }
  | {
      readonly put: string;
      readonly cells: ReadonlyMap<ModelColumn, Exclude<SampleValue, undefined>>;
      /** The record's own place in the order, where producers have a clock of their own. */
      readonly version?: bigint;
    }
  | { readonly rejected: ReasonCode };

/** What holds for all records of a history. */
export type RecordRules = Pick<History, 'keys' | 'keyType' | 'isVersioned'>;

/** Object keys of the nth path of a kind. */
export function pathOf(kind: Kind, path: number): readonly string[] {
  return [[kind], ['data', kind], ['data', 'more', kind]][path]!;
}

export const keyPath: readonly string[] = ['key', 'id'];
export const otherKeyPath: readonly string[] = ['key', 'other'];
export const versionPath: readonly string[] = ['v'];
export const timePath: readonly string[] = ['at'];

/** The key of a row as text, which is how this model names rows. */
export function keyText(key: number, keyType: KeyType): string {
  return keyType === 'id' ? String(key) : `row ${key} | \\`;
}

/** A request's body. Values stand in it as the samples write them, so nothing is decided by how JavaScript prints. */
export function bodyOf(records: readonly RecordPlan[], rules: RecordRules): string {
  return `{"records":[${records.map((record) => recordText(record, rules)).join(',')}]}`;
}

function recordText({ key, otherKey, isDelete, picks, time, version }: RecordPlan, rules: RecordRules): string {
  const of = (path: number) =>
    kinds.map((kind, i) => field(kind, samples[kind][picks[i * pathsPerKind + path]!]!)).filter((text) => text !== '');
  const keys = object([field('id', { json: keyJson(key, rules) }), field('other', { json: keyJson(otherKey, rules) })]);
  const data = object([...of(1), `"more":${object(of(2))}`]);
  const value = object([`"key":${keys}`, ...of(0), `"data":${data}`, at(time), field('v', versions[version]!)]);
  return isDelete ? `{"op":"delete","value":${value}}` : `{"value":${value}}`;
}

function keyJson(key: number, { keys, keyType }: RecordRules): string | undefined {
  if (key === -2) return undefined;
  if (key === -1) return '[1]';
  return keyType === 'id' ? String(key % keys) : JSON.stringify(keyText(key % keys, keyType));
}

function at(time: number): string {
  return field('at', times[time]!);
}

function field(name: string, { json }: { readonly json?: string | undefined }): string {
  return json === undefined ? '' : `"${name}":${json}`;
}

function object(fields: readonly string[]): string {
  return `{${fields.filter((text) => text !== '').join(',')}}`;
}

/** What is to become of a request's records under a mapping, as the documents have it. */
export function outcomesOf(
  records: readonly RecordPlan[],
  mapping: ModelMapping,
  rules: RecordRules,
): readonly ModelOutcome[] {
  const outcomes = records.map((record) => outcomeOf(record, mapping, rules));
  const lacks = (outcome: ModelOutcome) => 'rejected' in outcome && outcome.rejected === 'missing_field';
  if (mapping.partial || !outcomes.some(lacks)) return outcomes;
  return outcomes.map((outcome) => ('rejected' in outcome ? outcome : { rejected: 'batch_discarded' }));
}

function outcomeOf(record: RecordPlan, mapping: ModelMapping, rules: RecordRules): ModelOutcome {
  const { isDelete, picks, time } = record;
  const key = mapping.byOtherKey ? record.otherKey : record.key;
  if (key < 0) return { rejected: key === -1 ? 'invalid_key' : 'missing_key' };
  const row = keyText(key % rules.keys, rules.keyType);
  const given = versions[record.version]!.means;
  if (rules.isVersioned && typeof given === 'string') {
    return { rejected: given === 'missing' ? 'missing_version' : 'invalid_version' };
  }
  const version = rules.isVersioned ? { version: given as bigint } : {};
  if (isDelete) return { delete: row, ...version };
  const cells = new Map<ModelColumn, Exclude<SampleValue, undefined>>();
  for (const { column, path } of mapping.items) {
    const place = picks[kinds.indexOf(column.kind) * pathsPerKind + path]!;
    if (place === missingSample && !mapping.allowMissing) return { rejected: 'missing_field' };
    const { means } = samples[column.kind][place]!;
    if (means === 'wrong') return { rejected: 'wrong_type' };
    if (means !== undefined) cells.set(column, means);
  }
  if (isTimed(mapping)) {
    if (time === missingSample && !mapping.allowMissing) return { rejected: 'missing_field' };
    if (times[time]!.means === 'wrong') return { rejected: 'wrong_type' };
  }
  return { put: row, cells, ...version };
}

/** Whether a mapping reads the time of records, as it must for columns with time views. */
export function isTimed({ items }: ModelMapping): boolean {
  return items.some(({ column }) => column.kind === 'quantum');
}
