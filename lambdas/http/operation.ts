import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Caller } from '../domain/caller.ts';
import type { Answer } from './answer.ts';
import { exchangeOf } from './exchange.ts';
import { headerOf } from './header.ts';
import type { HandlerFunction, HandlerNameOf, OpenHandlerNameOf } from './route-table.ts';

/** A request as an operation sees it, once the middlewares have done their part. */
export interface OpenRequest {
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
  header(lowerCaseName: string): string | undefined;
  /** A parameter of the query string, decoded; the last one where it is sent twice. */
  query(name: string): string | undefined;
  /** Milliseconds until the function's time is up. */
  remainingMs(): number;
  readonly event: APIGatewayProxyEvent;
}

export interface OperationRequest extends OpenRequest {
  readonly caller: Caller;
}

/** Answers one route: reads the request, calls use cases, renders what they give. */
export type Operation = (request: OperationRequest) => Promise<Answer>;
export type OpenOperation = (request: OpenRequest) => Promise<Answer>;

/** The operations that the route table asks of a function. */
export type OperationsOf<F extends HandlerFunction> = Readonly<
  Record<HandlerNameOf<F>, Operation> & Record<OpenHandlerNameOf<F>, OpenOperation>
>;

/** The innermost handler: hands the request to the operation of its route. */
export function operate(operations: Readonly<Record<string, Operation>>) {
  return (event: APIGatewayProxyEvent, context: Context): Promise<Answer> => {
    const { route, params, caller, body } = exchangeOf(event);
    const operation = operations[route!.handler];
    if (!operation) throw new Error(`no operation ${route!.handler}`);
    const request: OpenRequest = {
      params,
      body,
      event,
      header: (name) => headerOf(event, name),
      query: (name) => event.queryStringParameters?.[name],
      remainingMs: () => context.getRemainingTimeInMillis(),
    };
    // An open route has no caller, and the types above keep its operation from asking for one.
    return operation({ ...request, caller: caller as Caller });
  };
}

/** A parameter that the route's path has. */
export function paramOf<T extends string = string>({ params }: OpenRequest, name: string): T {
  const value = params[name];
  if (value === undefined) throw new Error(`the path has no parameter ${name}`);
  return value as T;
}
