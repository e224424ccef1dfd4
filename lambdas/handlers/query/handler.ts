import { controlBodyBytesMax } from '../../domain/limits.ts';
import { makeApiHandler } from '../../http/api-handler.ts';
import { queryOperations } from '../../http/dialects/featurebase-query.ts';
import type { ApiHandler } from '../../http/exchange.ts';
import type { QueryPorts } from '../../http/handler-ports.ts';

const limits = { bytesMax: controlBodyBytesMax, inflatedBytesMax: controlBodyBytesMax };

/** Answers SQL and PQL. */
export function makeQueryHandler(ports: QueryPorts): ApiHandler {
  return makeApiHandler('query', queryOperations(ports), ports, limits);
}
