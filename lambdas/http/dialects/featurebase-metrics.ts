import type { SinkId } from '../../domain/ids.ts';
import { metricsHoursMax, metricsMinutesDefault } from '../../domain/limits.ts';
import { minuteMs, noTraffic, type Traffic, withTraffic } from '../../domain/metrics.ts';
import { Problem } from '../../domain/problem.ts';
import { type MetricPoint, readMetrics, type SinkMetrics } from '../../use-cases/read-metrics.ts';
import { prettyAnswer } from '../answer.ts';
import type { ControlPorts } from '../handler-ports.ts';
import { type Operation, type OperationRequest, paramOf } from '../operation.ts';
import { timeParameter } from './query-time.ts';

const hourMs = 60 * minuteMs;
/** Length of what one point stands for, in milliseconds. */
const lengths = { minute: minuteMs, hour: hourMs } as const;

/** `GET .../sinks/{sink_id}/metrics`, the same in /v1 and /v2. */
export function getSinkMetrics(ports: ControlPorts): Operation {
  return async (request) => {
    const lengthMs = lengthOf(request);
    const range = rangeOf(request, ports.clock.now(), lengthMs);
    const sinkId = paramOf<SinkId>(request, 'sink_id');
    return prettyAnswer(200, metricsView(await readMetrics(ports, request.caller, { ...range, sinkId }), lengthMs));
  };
}

/** The three rates of the original, each the number in the minute or hour that begins then, and how much was sent. */
function metricsView({ points, isComplete }: SinkMetrics, lengthMs: number): object {
  const parts = Map.groupBy(points, ({ startMs }) => startOf(startMs, lengthMs));
  return {
    resources: Array.from(parts, ([startMs, alike]) => pointView(startMs, alike.reduce(sum, noTraffic))),
    complete: isComplete,
  };
}

function sum(traffic: Traffic, point: MetricPoint): Traffic {
  return withTraffic(traffic, point);
}

function pointView(startMs: number, { requests, accepted, rejected, bytes }: Traffic): object {
  return {
    timestamp: `${new Date(startMs).toISOString().slice(0, -'.000Z'.length)}Z`,
    ingest_rate: accepted,
    request_rate: requests,
    error_rate: rejected,
    bytes,
  };
}

function lengthOf(request: OperationRequest): number {
  const resolution = request.query('resolution') ?? 'minute';
  if (resolution === 'minute' || resolution === 'hour') return lengths[resolution];
  throw refusal('resolution', 'resolution is minute or hour.');
}

/** Whole minutes or hours, those that hold the ends among them. */
function rangeOf(request: OperationRequest, nowMs: number, lengthMs: number) {
  const [from, to] = [request.query('from'), request.query('to')];
  const toMs = to === undefined ? nowMs : timeParameter('to', to);
  const fromMs = from === undefined ? toMs - metricsMinutesDefault * minuteMs : timeParameter('from', from);
  if (fromMs >= toMs) throw refusal('from', 'from must be before to; as sent they choose nothing.');
  if (toMs - fromMs > metricsHoursMax * hourMs)
    throw refusal('from', `from and to are at most ${metricsHoursMax} hours apart; ask again for what is before.`);
  return { fromMs: startOf(fromMs, lengthMs), toMs: startOf(toMs - 1, lengthMs) + lengthMs };
}

function startOf(ms: number, lengthMs: number): number {
  return Math.floor(ms / lengthMs) * lengthMs;
}

function refusal(parameter: string, message: string): Problem {
  return new Problem('invalid_parameter', message, { parameter });
}
