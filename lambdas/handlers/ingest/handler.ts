import { recordsBodyBytesMax, recordsBodyInflatedBytesMax } from '../../domain/limits.ts';
import { makeApiHandler } from '../../http/api-handler.ts';
import { recordsOperations } from '../../http/dialects/featurebase-ingest.ts';
import { dataOperations } from '../../http/dialects/v2/data-operations.ts';
import type { ApiHandler } from '../../http/exchange.ts';
import type { IngestPorts } from '../../http/handler-ports.ts';

const limits = { bytesMax: recordsBodyBytesMax, inflatedBytesMax: recordsBodyInflatedBytesMax };

/** The data plane: takes records and answers once they are durable. */
export function makeIngestHandler(ports: IngestPorts): ApiHandler {
  return makeApiHandler('ingest', { ...recordsOperations(ports), ...dataOperations(ports) }, ports, limits);
}
