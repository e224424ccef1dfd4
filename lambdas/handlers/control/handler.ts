import { controlBodyBytesMax } from '../../domain/limits.ts';
import { makeApiHandler } from '../../http/api-handler.ts';
import { v1Operations } from '../../http/dialects/v1/operations.ts';
import { v2Operations } from '../../http/dialects/v2/operations.ts';
import type { ApiHandler } from '../../http/exchange.ts';
import type { ControlPorts } from '../../http/handler-ports.ts';
import { serviceOperations } from '../../http/service-operations.ts';

const limits = { bytesMax: controlBodyBytesMax, inflatedBytesMax: controlBodyBytesMax };

/** The control plane: tokens, databases, tables, sinks, receipts, rows by key. Answers what no route names, too. */
export function makeControlHandler(ports: ControlPorts): ApiHandler {
  const operations = { ...serviceOperations(ports), ...v1Operations(ports), ...v2Operations(ports) };
  return makeApiHandler('control', operations, ports, limits);
}
