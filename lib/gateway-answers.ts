/** An answer that API Gateway gives without asking a function. */
export interface GatewayAnswer {
  /** Name of the gateway response (API Gateway Developer Guide, "Gateway response types"). */
  readonly type: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Those that clients may meet, in the shape of our own: `code` and `message`. `DEFAULT_` are all others, each with its own
 * status.
 */
export const gatewayAnswers: readonly GatewayAnswer[] = [
  {
    type: 'REQUEST_TOO_LARGE',
    code: 'PayloadTooLarge',
    message: 'The body is too large: a request carries about 4.5 MB here.',
  },
  {
    type: 'THROTTLED',
    code: 'TooManyRequests',
    message: 'More requests at a time than this deployment lets through; try again in a moment.',
  },
  {
    type: 'INTEGRATION_TIMEOUT',
    code: 'RequestTimeout',
    message: 'The request took too long; try again.',
  },
  {
    type: 'DEFAULT_4XX',
    code: 'BadRequest',
    message: 'API Gateway refused the request ($context.error.responseType) and asked no function of this service.',
  },
  {
    type: 'DEFAULT_5XX',
    code: 'InternalError',
    message: 'Something went wrong here, not in your request. Name request $context.requestId when you report it.',
  },
];

/** The body of such an answer. */
export function gatewayAnswerBody({ code, message }: GatewayAnswer): string {
  return JSON.stringify({ code, message }, null, 2);
}
