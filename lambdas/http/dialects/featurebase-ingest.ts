import type { SinkId } from '../../domain/ids.ts';
import { OverRate } from '../../domain/quota/over-rate.ts';
import { makeAcceptBatch } from '../../use-cases/accept-batch.ts';
import { awaitVisible } from '../../use-cases/await-visible.ts';
import { type Answer, textAnswer } from '../answer.ts';
import type { IngestPorts } from '../handler-ports.ts';
import { type Operation, paramOf } from '../operation.ts';
import { pause } from '../pause.ts';
import { rateHeaders } from '../rate-headers.ts';
import { overRateAnswerOf, recordsAnswerOf } from './featurebase-records.ts';
import { receiptHeaders } from './receipt-headers.ts';
import { ackOf, idempotencyKeyOf, waitsUntilMs } from './records-options.ts';

/**
 * The records call, the same in /v1 and /v2. Clients that ask for nothing more get FeatureBase's answer to the byte; the
 * receipt stands at the end of it for those that send `Idempotency-Key` or `ack`.
 */
export function recordsOperations(ports: IngestPorts): Readonly<Record<'postDataRecords', Operation>> {
  const waitPorts = { pause, ...ports };
  const acceptBatch = makeAcceptBatch(waitPorts);
  return {
    postDataRecords: async (request) => {
      const sinkId = paramOf<SinkId>(request, 'sink_id');
      const [ack, key] = [ackOf(request), idempotencyKeyOf(request)];
      const untilMs = waitsUntilMs(request, ports.clock.now());
      const accepted = await acceptBatch(request.caller, {
        sinkId,
        body: request.body,
        ...(key !== undefined && { idempotency: { key, untilMs } }),
      }).catch(overRate);
      if ('statusCode' in accepted) return accepted;
      const { receipt, outcomes, rate } = accepted;
      const answered = ack === 'visible' ? await awaitVisible(waitPorts, receipt, untilMs) : receipt;
      const asked = ack !== undefined || key !== undefined;
      return textAnswer(200, recordsAnswerOf(outcomes, asked ? answered : undefined), {
        ...receiptHeaders(answered),
        ...rateHeaders(rate),
      });
    },
  };
}

/**
 * FeatureBase's clients look for the code of a rate that was passed among the records of a 200, and send all again. Without
 * records there is no place for it.
 */
function overRate(error: unknown): Answer {
  if (!(error instanceof OverRate) || error.records === 0) throw error;
  return textAnswer(200, overRateAnswerOf(error.records, error.message), {
    ...rateHeaders(error.rate),
    'retry-after': String(error.retryAfterSeconds),
  });
}
