import type { APIGatewayProxyEvent } from 'aws-lambda';
import { assertPrecondition, type Precondition, type Validators } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Answer } from './answer.ts';

/** What an entity tag is made of: the revision of what is shown, or a text that no other state of it has. */
export type Revision = number | string;

/** One entity tag (RFC 9110 section 8.8.3): weak or not, and its opaque part. */
const entityTag = /(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"/g;

/** An answer that shows a single resource, with its revision as a strong entity tag. */
export function withEtag(answer: Answer, revision: Revision): Answer {
  return { ...answer, headers: { ...answer.headers, etag: `"${revision}"` } };
}

/**
 * The conditions of a PUT or DELETE. A use case takes them and holds them against what it read, before it saves over the
 * revision that it read.
 * @throws Problem for a condition that is none: passing over it would do what it was to prevent
 */
export function preconditionOf({ event }: { readonly event: APIGatewayProxyEvent }): Precondition {
  const [ifMatch, ifNoneMatch] = [strongValidators(event), weakValidators(event)];
  if (ifMatch === 'malformed') throw malformed('If-Match');
  if (ifNoneMatch === 'malformed') throw malformed('If-None-Match');
  return { ...(ifMatch && { ifMatch }), ...(ifNoneMatch && { ifNoneMatch }) };
}

/**
 * Holds the conditions of a PUT or DELETE against the revision that was just read; the save must be over that revision.
 * @throws Problem `precondition_failed`, or one for a condition that is none
 */
export function assertIfMatch(request: { readonly event: APIGatewayProxyEvent }, revision: Revision): void {
  assertPrecondition(preconditionOf(request), [String(revision)]);
}

/** What If-Match names; it compares strongly, so that a weak tag names nothing. */
export function strongValidators(event: APIGatewayProxyEvent): Validators | 'malformed' | undefined {
  return validatorsOf(event, 'if-match', (isWeak) => !isWeak);
}

/** What If-None-Match names; it compares weakly, and proxies that compress make our tags weak. */
export function weakValidators(event: APIGatewayProxyEvent): Validators | 'malformed' | undefined {
  return validatorsOf(event, 'if-none-match', () => true);
}

function validatorsOf(
  event: APIGatewayProxyEvent,
  name: string,
  counts: (isWeak: boolean) => boolean,
): Validators | 'malformed' | undefined {
  const text = wholeHeaderOf(event, name);
  if (text === undefined) return undefined;
  if (text === '*') return 'any';
  const tags = [...text.matchAll(entityTag)];
  const elements = text
    .replaceAll(entityTag, '"')
    .split(',')
    .map((element) => element.trim());
  if (tags.length === 0 || elements.some((element) => element !== '"' && element !== '')) return 'malformed';
  return tags.filter(([, weak]) => counts(weak !== undefined)).map(([, , opaque]) => opaque!);
}

/** All lines of a header as one (RFC 9110 section 5.3); undefined when there is none. */
function wholeHeaderOf({ headers, multiValueHeaders }: APIGatewayProxyEvent, name: string): string | undefined {
  const lines = Object.entries({ ...headers, ...multiValueHeaders }).flatMap(([sent, values]) =>
    sent.toLowerCase() === name && values !== undefined ? values : [],
  );
  return lines.length === 0 ? undefined : lines.join(', ').trim();
}

function malformed(name: string): Problem {
  return new Problem('invalid_parameter', `${name} is * or a list of entity tags in quotes, like "3".`, {
    parameter: name,
  });
}
