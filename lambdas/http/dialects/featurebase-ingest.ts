import type { SinkId } from '../../domain/ids.ts';
import { makeAcceptBatch } from '../../use-cases/accept-batch.ts';
import { awaitVisible } from '../../use-cases/await-visible.ts';
import { textAnswer } from '../answer.ts';
import type { IngestPorts } from '../handler-ports.ts';
import { type OperationsOf, paramOf } from '../operation.ts';
import { pause } from '../pause.ts';
import { recordsAnswerOf } from './featurebase-records.ts';
import { ackOf, idempotencyKeyOf, waitsUntilMs } from './records-options.ts';

/** Names the receipt of a records request; `GET /v2/receipts/{id}` tells what became of it. */
const receiptHeader = 'x-headgate-receipt';
/** The receipt's state as of this answer. */
const receiptStateHeader = 'x-headgate-receipt-state';

/**
 * The records call, the same in /v1 and /v2. Clients that ask for nothing more get FeatureBase's answer to the byte; the
 * receipt stands at the end of it for those that send `Idempotency-Key` or `ack`.
 */
export function ingestOperations(ports: IngestPorts): OperationsOf<'ingest'> {
  const waitPorts = { pause, ...ports };
  const acceptBatch = makeAcceptBatch(waitPorts);
  return {
    postDataRecords: async (request) => {
      const sinkId = paramOf<SinkId>(request, 'sink_id');
      const [ack, key] = [ackOf(request), idempotencyKeyOf(request)];
      const untilMs = waitsUntilMs(request, ports.clock.now());
      const { receipt, outcomes } = await acceptBatch(request.caller, {
        sinkId,
        body: request.body,
        ...(key !== undefined && { idempotency: { key, untilMs } }),
      });
      const answered = ack === 'visible' ? await awaitVisible(waitPorts, receipt, untilMs) : receipt;
      const asked = ack !== undefined || key !== undefined;
      return textAnswer(200, recordsAnswerOf(outcomes, asked ? answered : undefined), {
        [receiptHeader]: answered.id,
        [receiptStateHeader]: answered.state,
      });
    },
  };
}
