import type { RecordOutcome, Rejection } from '../../domain/outcome.ts';
import { hintOf } from '../../domain/reasons.ts';
import type { Receipt } from '../../domain/receipt.ts';

/** Wire code of a record whose data is wrong (FeatureBase streaming pages). */
const errorCode = 'InvalidBody';
/** Wire code of every record of a request over its quota: that of Kinesis, which the original service passed on. */
const overRateCode = 'ProvisionedThroughputExceededException';
const success = '{"status":"success"}';

/**
 * The answer to a records request, as JSON text: one item a record, in the order of the request. Beside FeatureBase's
 * keys an error has `reason`, `pointer`, `got`, `want` and `hint`. A dropped record is a success, because the sink was
 * told to discard it, and says its reason.
 * @param receipt shown after FeatureBase's keys, if given
 */
export function recordsAnswerOf(outcomes: readonly RecordOutcome[], receipt?: Receipt): string {
  let errors = 0;
  const items = outcomes.map((outcome) => {
    if (outcome.kind === 'row') return success;
    if (outcome.kind === 'dropped') return JSON.stringify({ status: 'success', reason: outcome.reason });
    errors += 1;
    return errorItem(outcome);
  });
  const counts = `"success_count":${outcomes.length - errors},"error_count":${errors}`;
  const shown = receipt ? `,"receipt":${JSON.stringify({ id: receipt.id, state: receipt.state })}` : '';
  return `{${counts},"records":[${items.join(',')}]${shown}}`;
}

function errorItem({ reason, pointer, got, want, message }: Rejection): string {
  return JSON.stringify({
    status: 'error',
    error_code: errorCode,
    error_message: message,
    reason,
    pointer,
    got,
    want,
    hint: hintOf(reason),
  });
}

/** The answer to a request over its quota: every record is an error, and none was stored. There is no receipt. */
export function overRateAnswerOf(records: number, message: string): string {
  const item = JSON.stringify({ status: 'error', error_code: overRateCode, error_message: message });
  return `{"success_count":0,"error_count":${records},"records":[${Array(records).fill(item).join(',')}]}`;
}
