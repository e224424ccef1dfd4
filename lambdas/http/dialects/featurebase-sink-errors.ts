import { sinkErrorsDefault, sinkErrorsMax } from '../../domain/limits.ts';
import { Problem } from '../../domain/problem.ts';
import { hintOf } from '../../domain/reasons.ts';
import type { SinkError } from '../../use-cases/list-sink-errors.ts';

/**
 * One line of a sink's log: the four keys of what FeatureBase's ingester logged, then ours. `Panic` was its word for what
 * was not the data's fault.
 */
export function sinkErrorView(error: SinkError): object {
  return {
    sink_id: error.sinkId,
    error_type: error.reason === 'write_failed' ? 'Panic' : 'Error',
    error_msg: error.message,
    time: error.at,
    receipt_id: error.receiptId,
    reason: error.reason,
    pointer: error.pointer,
    position: error.position,
    record_count: error.records,
    mapping_revision: error.mappingRevision,
    hint: hintOf(error.reason),
  };
}

/** @throws Problem unless it is a whole number that the log gives */
export function errorsLimitOf(limit: string | undefined): number {
  if (limit === undefined) return sinkErrorsDefault;
  const count = /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
  if (count >= 1 && count <= sinkErrorsMax) return count;
  throw new Problem('invalid_parameter', `limit is a whole number from 1 to ${sinkErrorsMax}.`, { parameter: 'limit' });
}
