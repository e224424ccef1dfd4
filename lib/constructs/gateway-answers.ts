import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { gatewayAnswerBody, gatewayAnswers } from '../gateway-answers.ts';

/** Seconds that a client waits that was one too many. */
const retryAfter = { 'Retry-After': "'1'" };
/**
 * A browser shows a page's script no answer without these. The value is fixed and cannot name one of several origins, so it
 * is any: such an answer holds nothing of anybody, and browsers send no credentials of their own to this API.
 */
const forPages = { 'Access-Control-Allow-Origin': "'*'", 'Access-Control-Expose-Headers': "'Retry-After'" };

/**
 * Gives clients one shape of error, whoever found it.
 * @param corsOrigins of pages that may call the API; with none, answers are for no page
 */
export function addGatewayAnswers(api: RestApi, corsOrigins: readonly string[]): void {
  for (const answer of gatewayAnswers) {
    const headers = { ...(answer.type === 'THROTTLED' && retryAfter), ...(corsOrigins.length > 0 && forPages) };
    api.addGatewayResponse(answer.type, {
      type: ResponseType.of(answer.type),
      templates: { 'application/json': gatewayAnswerBody(answer) },
      ...(Object.keys(headers).length > 0 && { responseHeaders: headers }),
    });
  }
}
