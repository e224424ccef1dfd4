import { describe, expect, it } from '@jest/globals';
import { routes } from '../../lambdas/http/route-table.ts';
import { apiResources } from '../../lib/api-resources.ts';
import { schemaFault } from '../support/api-contract.ts';
import { resourcesOf, type Stacks, type Template, textOf, theResource } from './templates.ts';

/** The REST API: that the template holds the resources of `apiResources`, and how its stage is set. */
export function apiSuite({ dev, prod, web }: Record<'dev' | 'prod' | 'web', Stacks>): void {
  const stage = (stacks: Stacks) => theResource(stacks, 'AWS::ApiGateway::Stage').Properties;

  it('has every method of every resource, on the function that it belongs to', () => {
    const expected = apiResources(routes).flatMap(({ segments, methods }) =>
      Object.entries(methods).map(([verb, to]) => `${verb} /${segments.join('/')} ${to}`),
    );
    expect(methodsOf(dev.Api)).toEqual(expected.sort());
  });

  it('may call each of its functions by one permission, for all methods of its stage', () => {
    const permissions = resourcesOf(dev.Api, 'AWS::Lambda::Permission').map(({ resource }) => resource.Properties);
    expect(permissions.map(({ FunctionName }) => textOf(dev, FunctionName)).sort()).toEqual([
      '<ControlFunction.Arn>',
      '<IngestFunction.Arn>',
      '<QueryFunction.Arn>',
    ]);
    for (const { SourceArn, Principal } of permissions) {
      expect(Principal).toBe('apigateway.amazonaws.com');
      expect(textOf(dev, SourceArn)).toMatch(/:execute-api:.*:<HttpApi>\/<HttpApiDeploymentStagedev>\/\*\/\*$/);
    }
  });

  it('is regional and hands every body on as base64', () => {
    expect(theResource(dev, 'AWS::ApiGateway::RestApi').Properties).toMatchObject({
      BinaryMediaTypes: ['*/*'],
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    expect(theResource(dev, 'AWS::ApiGateway::RestApi').Properties['MinimumCompressionSize']).toBeUndefined();
  });

  it.each([
    ['dev', dev, 50, 100],
    ['prod', prod, 1_000, 2_000],
  ])('%s throttles, and neither caches, traces nor logs bodies', (name, stacks, rate, burst) => {
    expect(stage(stacks)).toMatchObject({
      StageName: name,
      TracingEnabled: false,
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: rate,
          ThrottlingBurstLimit: burst,
          CachingEnabled: false,
          DataTraceEnabled: false,
          LoggingLevel: 'OFF',
        },
      ],
    });
    expect(stage(stacks)['CacheClusterEnabled']).toBeUndefined();
  });

  it('logs each request as JSON without its path, query or headers', () => {
    const { Format } = stage(dev)['AccessLogSetting'] as { Format: string };
    const fields = JSON.parse(Format) as Record<string, string>;
    expect(fields).toMatchObject({ method: '$context.httpMethod', resource: '$context.resourcePath' });
    expect(Object.values(fields)).not.toContain('$context.path');
    expect(Format).not.toMatch(/input|header|querystring|authorizer|apiKey\b/i);
  });

  it('answers in the shape of the functions where none is asked', () => {
    const answers = resourcesOf(dev, 'AWS::ApiGateway::GatewayResponse').map(({ resource }) => resource.Properties);
    const bodies = Object.fromEntries(
      answers.map(({ ResponseType, ResponseTemplates }) => [
        String(ResponseType),
        JSON.parse((ResponseTemplates as Record<string, string>)['application/json']!) as Record<string, string>,
      ]),
    );
    expect(Object.keys(bodies).sort()).toEqual([
      'DEFAULT_4XX',
      'DEFAULT_5XX',
      'INTEGRATION_TIMEOUT',
      'REQUEST_TOO_LARGE',
      'THROTTLED',
    ]);
    for (const body of Object.values(bodies)) {
      expect(Object.keys(body).slice(0, 2)).toEqual(['code', 'message']);
      expect(schemaFault('#/components/schemas/Problem', body)).toBe('');
      expect(body).toMatchObject({ detail: body['message'], request_id: '$context.requestId' });
    }
  });

  it('refuses TLS below 1.2', () => {
    expect(theResource(dev, 'AWS::ApiGateway::RestApi').Properties['SecurityPolicy']).toBe('TLS_1_2');
  });

  it('has outputs by which operators and tests find it', () => {
    expect(Object.keys(dev.Api.Outputs)).toEqual([
      'BaseUrl',
      'ApiId',
      'ApiStage',
      'ControlFunctionName',
      'IngestFunctionName',
      'QueryFunctionName',
      'SetupFunctionName',
    ]);
    expect(textOf(dev, dev.Api.Outputs['BaseUrl']!.Value)).toBe(
      'https://<HttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/<HttpApiDeploymentStagedev>/',
    );
  });

  describe('calls from web pages', () => {
    const preflights = (stacks: Stacks) =>
      resourcesOf(stacks.Api, 'AWS::ApiGateway::Method').filter(
        ({ resource }) => resource.Properties['HttpMethod'] === 'OPTIONS',
      );

    const headersOf = (stacks: Stacks) =>
      resourcesOf(stacks, 'AWS::ApiGateway::GatewayResponse').map(({ resource }) =>
        Object.keys((resource.Properties['ResponseParameters'] ?? {}) as object),
      );

    it('may read what the gateway itself answers, if an origin is named', () => {
      const allowed = 'gatewayresponse.header.Access-Control-Allow-Origin';
      expect(headersOf(dev).flat()).toEqual(['gatewayresponse.header.Retry-After']);
      expect(headersOf(web)).toHaveLength(5);
      for (const headers of headersOf(web)) expect(headers).toContain(allowed);
    });

    it('are not answered for unless an origin is named', () => {
      expect(preflights(dev)).toEqual([]);
    });

    it('are answered for on every resource, for the origin that is named', () => {
      expect(preflights(web)).toHaveLength(apiResources(routes).length);
      for (const { resource } of preflights(web)) {
        expect(resource.Properties['Integration']).toMatchObject({
          Type: 'MOCK',
          // Bodies are binary, and the gateway's own answer is made from text.
          ContentHandling: 'CONVERT_TO_TEXT',
          IntegrationResponses: [
            {
              ResponseParameters: {
                'method.response.header.Access-Control-Allow-Origin': "'https://a.example.com'",
                'method.response.header.Access-Control-Allow-Methods': "'GET,POST,PUT,DELETE'",
              },
            },
          ],
        });
      }
    });
  });

  it('sets the role of API Gateway logs, and leaves it behind; not where the account has one', () => {
    const account = theResource(dev, 'AWS::ApiGateway::Account');
    expect(account.DeletionPolicy).toBe('Retain');
    expect(resourcesOf(web, 'AWS::ApiGateway::Account')).toEqual([]);
  });
}

/** `VERB /path function` of every method in a template. */
function methodsOf({ Resources }: Template): string[] {
  const pathOf = (reference: unknown): string => {
    const id = (reference as { Ref?: string }).Ref;
    if (id === undefined) return '';
    const { ParentId, PathPart } = Resources[id]!.Properties;
    return `${pathOf(ParentId)}/${String(PathPart)}`;
  };
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
    .map(({ Properties: { HttpMethod, ResourceId, Integration } }) => {
      const { Uri } = Integration as { Uri: unknown };
      const to = /(\w+)Function[0-9A-F]{8}/.exec(JSON.stringify(Uri))?.[1]?.toLowerCase();
      return `${String(HttpMethod)} ${pathOf(ResourceId) || '/'} ${to}`;
    })
    .sort();
}
