import { reachesSink } from '../../../domain/access.ts';
import type { DatabaseId, ReceiptId, SinkId } from '../../../domain/ids.ts';
import { Problem } from '../../../domain/problem.ts';
import type { Receipt } from '../../../domain/receipt.ts';
import { isV2ReplayBody } from '../../../generated/request-validators.js';
import { awaitVisible } from '../../../use-cases/await-visible.ts';
import { deleteRow } from '../../../use-cases/delete-row.ts';
import { getReceipt } from '../../../use-cases/get-receipt.ts';
import { sinkNotFound } from '../../../use-cases/read-sinks.ts';
import { redriveBatch } from '../../../use-cases/redrive-batch.ts';
import { advanceReplay, startReplay } from '../../../use-cases/replay-records.ts';
import { tryReplay } from '../../../use-cases/try-replay.ts';
import { type Answer, prettyAnswer } from '../../answer.ts';
import type { IngestPorts } from '../../handler-ports.ts';
import { type Operation, paramOf } from '../../operation.ts';
import { pause } from '../../pause.ts';
import { readBody } from '../../request-body.ts';
import { receiptView } from '../featurebase-receipt.ts';
import { receiptHeaders } from '../receipt-headers.ts';
import { ackOf, waitsUntilMs } from '../records-options.ts';
import { replayRequestOf, replayView, trialView } from './replay.ts';

/** Milliseconds for which the call that starts a replay does its work itself; a longer one goes on without it. */
const replayWaitMsMax = 10_000;

/** What Headgate adds to the data plane: deletes of rows, replays, redrives. All of them queue batches, as records do. */
export function dataOperations(
  given: IngestPorts,
): Readonly<Record<'deleteRow' | 'createReplay' | 'redriveReceipt', Operation>> {
  const ports = { pause, ...given };
  return {
    deleteRow: async (request) => {
      const ack = ackOf(request);
      const untilMs = waitsUntilMs(request, ports.clock.now());
      const version = request.query('version');
      const receipt = await deleteRow(ports, request.caller, {
        databaseId: paramOf<DatabaseId>(request, 'database_id'),
        tableName: paramOf(request, 'table'),
        key: paramOf(request, 'row_id'),
        ...(version !== undefined && { version }),
      });
      return receiptAnswer(ack === 'visible' ? await awaitVisible(ports, receipt, untilMs) : receipt);
    },
    createReplay: async (request) => {
      const body = readBody(isV2ReplayBody, request.body);
      const asked = replayRequestOf(paramOf<SinkId>(request, 'sink_id'), body);
      if (asked.into !== undefined && !reachesSink(request.caller, asked.into)) throw sinkNotFound(asked.into);
      const untilMs = Math.min(waitsUntilMs(request, ports.clock.now()), ports.clock.now() + replayWaitMsMax);
      if (body.dry_run) return prettyAnswer(200, trialView(await tryReplay(ports, request.caller, asked, untilMs)));
      const replay = await advanceReplay(ports, await startReplay(ports, request.caller, asked), untilMs);
      return prettyAnswer(replay.state === 'running' ? 202 : 200, replayView(replay));
    },
    redriveReceipt: async (request) => {
      const receiptId = paramOf<ReceiptId>(request, 'receipt_id');
      const { id, tenantId } = await getReceipt(ports, request.caller, { receiptId });
      const { state, receipt } = await redriveBatch(ports, { tenantId, receiptId: id });
      if (!receipt) throw new Problem('not_found', `Receipt ${id} does not exist any more.`);
      if (state === 'not_failed')
        throw new Problem(
          'incorrect_state',
          `Receipt ${receiptId} is ${receipt.state}; only a failed batch is redriven.`,
        );
      if (state === 'absent')
        throw new Problem('incorrect_state', `The body of receipt ${receiptId} is not in the archive any more.`);
      return receiptAnswer(receipt);
    },
  };
}

function receiptAnswer(receipt: Receipt): Answer {
  return prettyAnswer(receipt.state === 'visible' ? 200 : 202, receiptView(receipt), receiptHeaders(receipt));
}
