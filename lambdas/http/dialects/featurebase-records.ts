import type { RecordOutcome, Rejection } from '../../domain/outcome.ts';
import { hintOf } from '../../domain/reasons.ts';

/** Wire code of a record whose data is wrong (FeatureBase streaming pages). */
const errorCode = 'InvalidBody';
const success = '{"status":"success"}';

/**
 * The answer to a records request, as JSON text: one item a record, in the order of the request. Beside FeatureBase's
 * keys an error has `reason`, `pointer`, `got`, `want` and `hint`. A dropped record is a success, because the sink was
 * told to discard it, and says its reason.
 */
export function recordsAnswerOf(outcomes: readonly RecordOutcome[]): string {
  let errors = 0;
  const items = outcomes.map((outcome) => {
    if (outcome.kind === 'row') return success;
    if (outcome.kind === 'dropped') return JSON.stringify({ status: 'success', reason: outcome.reason });
    errors += 1;
    return errorItem(outcome);
  });
  return `{"success_count":${outcomes.length - errors},"error_count":${errors},"records":[${items.join(',')}]}`;
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
