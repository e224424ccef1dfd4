import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { region } from '../../localstack/utils/client-environment.ts';
import type { LocalStackPlace } from '../../localstack/utils/place.ts';

/** A REST API whose function answers with the event that it got. */
export interface EchoApi {
  /** URL of its stage. */
  readonly stageUrl: string;
  remove(): Promise<void>;
}

/** Answers with its event; with a query parameter `answer`, with the result that is its JSON. */
const code = `exports.handler = async (event) => {
  const answer = event.queryStringParameters?.answer;
  return answer ? JSON.parse(answer) : { statusCode: 200, body: JSON.stringify(event) };
};`;

/** Makes one as the product's is made: by CloudFormation, with a greedy resource and every media type binary. */
export async function makeEchoApi(place: LocalStackPlace, name: string): Promise<EchoApi> {
  const client = new CloudFormationClient({
    endpoint: place.url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template(name)) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: name });
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const apiId = stack?.Outputs?.find(({ OutputKey: key }) => key === 'ApiId')?.OutputValue;
  if (apiId === undefined) throw new Error(`the stack ${name} has no output ApiId`);
  return {
    stageUrl: `${place.url}/_aws/execute-api/${apiId}/dev`,
    async remove() {
      await client.send(new DeleteStackCommand({ StackName: name }));
      client.destroy();
    },
  };
}

function template(name: string): object {
  const ref = (Ref: string) => ({ Ref });
  const functionArn = { 'Fn::GetAtt': ['Function', 'Arn'] };
  const uri = ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/', functionArn, '/invocations'];
  const method = (resourceId: object) => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Api'),
      ResourceId: resourceId,
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: { 'Fn::Join': ['', uri] } },
    },
  });
  const root = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  return {
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/test',
          Code: { ZipFile: code },
        },
      },
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: name, BinaryMediaTypes: ['*/*'] } },
      Proxy: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: ref('Api'), ParentId: root, PathPart: '{proxy+}' },
      },
      RootMethod: method(root),
      ProxyMethod: method(ref('Proxy')),
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: ['RootMethod', 'ProxyMethod'],
        Properties: { RestApiId: ref('Api') },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: ref('Api'), DeploymentId: ref('Deployment'), StageName: 'dev' },
      },
    },
    Outputs: { ApiId: { Value: ref('Api') } },
  };
}
