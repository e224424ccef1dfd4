import { type GatewayResponseOptions, ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { gatewayAnswerBody, gatewayAnswers } from '../gateway-answers.ts';

/** Gives clients one shape of error, whoever found it. */
export function addGatewayAnswers(api: RestApi): void {
  for (const answer of gatewayAnswers) {
    const options: GatewayResponseOptions = {
      type: ResponseType.of(answer.type),
      templates: { 'application/json': gatewayAnswerBody(answer) },
      ...(answer.type === 'THROTTLED' && { responseHeaders: { 'Retry-After': "'1'" } }),
    };
    api.addGatewayResponse(answer.type, options);
  }
}
