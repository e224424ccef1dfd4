import type { SinkId } from '../../domain/ids.ts';
import { makeAcceptBatch } from '../../use-cases/accept-batch.ts';
import { textAnswer } from '../answer.ts';
import type { IngestPorts } from '../handler-ports.ts';
import { type OperationsOf, paramOf } from '../operation.ts';
import { recordsAnswerOf } from './featurebase-records.ts';

/** Names the receipt of a records request; `GET /v2/receipts/{id}` tells what became of it. */
const receiptHeader = 'x-headgate-receipt';

/** The records call, the same in /v1 and /v2. */
export function ingestOperations(ports: IngestPorts): OperationsOf<'ingest'> {
  const acceptBatch = makeAcceptBatch(ports);
  return {
    postDataRecords: async (request) => {
      const sinkId = paramOf<SinkId>(request, 'sink_id');
      const { receipt, outcomes } = await acceptBatch(request.caller, { sinkId, body: request.body });
      return textAnswer(200, recordsAnswerOf(outcomes), { [receiptHeader]: receipt.id });
    },
  };
}
