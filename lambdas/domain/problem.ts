/**
 * Why a request as a whole is refused. Use cases throw these; `http/` alone knows which status and which wire code a
 * kind has in each dialect. A record that is wrong is not a problem but a `Rejection`.
 */
export type ProblemKind =
  | 'invalid_parameter'
  | 'missing_parameter'
  | 'invalid_body'
  | 'limit_exceeded'
  | 'related_not_found'
  | 'bad_statement'
  | 'unauthorized'
  | 'missing_token'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'already_exists'
  | 'incorrect_state'
  | 'key_in_use'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'key_reused'
  | 'over_rate'
  | 'unavailable';

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  /** Names what was wrong: a parameter, a child that stands in the way. */
  readonly details: Readonly<Record<string, unknown>>;

  /** @param message names the place, what came, what was wanted and what to do; safe to show to the caller */
  constructor(kind: ProblemKind, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}
