import { problemBody } from '../lambdas/http/problem-body.ts';
import type { AnyProblemKind } from '../lambdas/http/problem-codes.ts';

/** An answer that API Gateway gives without asking a function. */
export interface GatewayAnswer {
  /** Name of the gateway response (API Gateway Developer Guide, "Gateway response types"). */
  readonly type: string;
  readonly kind: AnyProblemKind;
  readonly message: string;
  /** Where it is not that of the kind; null: several, and the template does not know which. */
  readonly status?: number | null;
}

/**
 * Those that clients may meet, in the shape of our own. `DEFAULT_` are all others, each with its own status.
 */
export const gatewayAnswers: readonly GatewayAnswer[] = [
  {
    type: 'REQUEST_TOO_LARGE',
    kind: 'payload_too_large',
    message: 'The body is too large: a request carries about 4.5 MB here.',
  },
  {
    type: 'THROTTLED',
    kind: 'over_rate',
    message: 'More requests at a time than this deployment lets through; try again in a moment.',
  },
  {
    type: 'INTEGRATION_TIMEOUT',
    kind: 'timed_out',
    message: 'The request took too long; try again.',
    // The gateway's own status for it.
    status: 504,
  },
  {
    type: 'DEFAULT_4XX',
    kind: 'gateway_refused',
    message: 'API Gateway refused the request ($context.error.responseType) and asked no function of this service.',
    status: null,
  },
  {
    type: 'DEFAULT_5XX',
    kind: 'internal_error',
    message: 'Something went wrong here, not in your request. Name request $context.requestId when you report it.',
    status: null,
  },
];

/**
 * The body of such an answer. It has no `instance`: the gateway would put the path into the text as it was sent, quotes and
 * all.
 */
export function gatewayAnswerBody({ kind, message, status }: GatewayAnswer): string {
  const occurrence = { message, requestId: '$context.requestId', ...(status !== undefined && { status }) };
  return JSON.stringify(problemBody(kind, occurrence), null, 2);
}
