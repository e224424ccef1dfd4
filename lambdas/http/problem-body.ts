import { type AnyProblemKind, problems, problemType } from './problem-codes.ts';

/** Characters of a path that an answer repeats. */
const shownPathMax = 200;

/** What one occurrence adds to its kind. */
export interface Occurrence {
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Path of the request. */
  readonly path?: string;
  readonly requestId?: string;
  /** Where it is not the one of the kind, or not known: null. */
  readonly status?: number | null;
}

/**
 * An error as all answers have it: FeatureBase's two members, then those of RFC 9457 (`detail` is the message once more,
 * for its readers). The last member is a number: shell clients cut texts out by the comma behind them.
 */
export function problemBody(kind: AnyProblemKind, occurrence: Occurrence): object {
  const { code, title, status } = problems[kind];
  const { message, details = {}, path, requestId } = occurrence;
  const shownStatus = occurrence.status === undefined ? status : occurrence.status;
  return {
    code,
    message,
    ...(Object.keys(details).length > 0 && { details }),
    type: problemType(kind),
    title,
    detail: message,
    ...(path !== undefined && { instance: path.slice(0, shownPathMax) }),
    ...(requestId !== undefined && { request_id: requestId }),
    ...(shownStatus !== null && { status: shownStatus }),
  };
}
