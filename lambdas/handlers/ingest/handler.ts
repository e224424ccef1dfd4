import { recordsBodyBytesMax, recordsBodyInflatedBytesMax } from '../../domain/limits.ts';
import { makeApiHandler } from '../../http/api-handler.ts';
import { ingestOperations } from '../../http/dialects/featurebase-ingest.ts';
import type { ApiHandler } from '../../http/exchange.ts';
import type { IngestPorts } from '../../http/handler-ports.ts';

const limits = { bytesMax: recordsBodyBytesMax, inflatedBytesMax: recordsBodyInflatedBytesMax };

/** The data plane: takes records and answers once they are durable. */
export function makeIngestHandler(ports: IngestPorts): ApiHandler {
  return makeApiHandler('ingest', ingestOperations(ports), ports, limits);
}
