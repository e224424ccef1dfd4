import { type GatewayResponseOptions, ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** Answers that API Gateway gives without asking a function, in the shape of ours: `code` and `message`. */
const answers: readonly { readonly type: ResponseType; readonly code: string; readonly message: string }[] = [
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'PayloadTooLarge',
    message: 'The body is too large: a request carries about 4.5 MB here.',
  },
  {
    type: ResponseType.THROTTLED,
    code: 'TooManyRequests',
    message: 'More requests at a time than this deployment lets through; try again in a moment.',
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    code: 'RequestTimeout',
    message: 'The request took too long; try again.',
  },
  {
    type: ResponseType.DEFAULT_5XX,
    code: 'InternalError',
    message: 'Something went wrong here, not in your request. Name request $context.requestId when you report it.',
  },
];

/** Gives clients one shape of error, whoever found it. */
export function addGatewayAnswers(api: RestApi): void {
  for (const { type, code, message } of answers) {
    const options: GatewayResponseOptions = {
      type,
      templates: { 'application/json': JSON.stringify({ code, message }, null, 2) },
      ...(type === ResponseType.THROTTLED && { responseHeaders: { 'Retry-After': "'1'" } }),
    };
    api.addGatewayResponse(type.responseType, options);
  }
}
