import type { Pressure } from '../ports/pressure.ts';
import type { ReadinessCheck } from '../use-cases/check-readiness.ts';
import { type Answer, prettyAnswer } from './answer.ts';

/** Seconds after which whoever asks may look again. */
const retryAfterSeconds = 2;

/**
 * 200 where all that is needed answers, else 503: up or down and how long it took, and never why, since anybody may ask.
 * @param pressure how much the place takes, where it has a bound of its own; it does not make it unready, because reads and
 * queries go on. null: it has none at the moment.
 */
export function readinessAnswer(checks: readonly ReadinessCheck[], pressure?: Pressure | null): Answer {
  const isReady = checks.every(({ state }) => state === 'up');
  const body = {
    status: isReady ? 'ready' : 'not_ready',
    ...(pressure !== undefined && { pressure: pressure?.kind ?? 'none' }),
    checks: checks.map(({ name, state, tookMs }) => ({ name, state, took_ms: tookMs })),
  };
  return prettyAnswer(isReady ? 200 : 503, body, {
    'cache-control': 'no-store',
    ...(!isReady && { 'retry-after': String(retryAfterSeconds) }),
  });
}
