import type { ReceiptId } from '../../../domain/ids.ts';
import { Problem } from '../../../domain/problem.ts';
import { isReasonCode, type ReasonCode } from '../../../domain/reasons.ts';
import type { ReplaySelection } from '../../../domain/replay.ts';
import { timeParameter } from '../query-time.ts';

/** What chooses stored records, in a body or in a query string. */
export interface SentSelection {
  readonly ids?: readonly string[];
  readonly reason?: string;
  readonly receipt_id?: string;
  readonly accepted_from?: string;
  readonly accepted_to?: string;
}

/** @throws Problem that names the parameter which can choose nothing */
export function selectionOf(sent: SentSelection): ReplaySelection {
  const from = timeOf('accepted_from', sent.accepted_from);
  const to = timeOf('accepted_to', sent.accepted_to);
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
    throw new Problem('invalid_parameter', 'accepted_from must be before accepted_to; as sent they choose nothing.', {
      parameter: 'accepted_from',
    });
  return {
    ...(sent.ids && { ids: [...new Set(sent.ids)] }),
    ...(sent.receipt_id !== undefined && { receiptId: sent.receipt_id as ReceiptId }),
    ...(sent.reason !== undefined && { reason: reasonOf(sent.reason) }),
    ...(from !== undefined && { acceptedFrom: from }),
    ...(to !== undefined && { acceptedTo: to }),
  };
}

function timeOf(parameter: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(timeParameter(parameter, text)).toISOString();
}

function reasonOf(text: string): ReasonCode {
  if (isReasonCode(text)) return text;
  throw new Problem('invalid_parameter', `reason ${JSON.stringify(text.slice(0, 40))} is none that there is.`, {
    parameter: 'reason',
  });
}
