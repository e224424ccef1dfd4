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
