import { describe, expect, it } from '@jest/globals';
import { problems } from '../../lambdas/http/problem-codes.ts';
import { routes } from '../../lambdas/http/route-table.ts';
import { apiDocument as document, schemaFault } from '../support/api-contract.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

const described = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => methods.includes(method))
    .map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation.operationId,
      auth: operation.security === undefined || operation.security.length > 0,
    })),
);

function* references(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === '$ref' && typeof value === 'string') yield value;
    else yield* references(value);
  }
}

function* examplesIn(part: unknown, place: string): Generator<{ place: string; example: unknown }> {
  if (typeof part !== 'object' || part === null) return;
  const { examples } = part as { examples?: unknown };
  if (Array.isArray(examples)) for (const example of examples) yield { place, example };
  for (const [key, value] of Object.entries(part)) if (key !== 'examples') yield* examplesIn(value, `${place}/${key}`);
}

/** Places of a key without a value: what YAML makes of a text with a comma that should have been in quotes. */
function* emptyKeys(part: unknown, place: string): Generator<string> {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (value === null && !Array.isArray(part)) yield `${place}/${key}`;
    else if (key !== 'examples' && key !== 'example') yield* emptyKeys(value, `${place}/${key}`);
  }
}

describe('openapi.yaml', () => {
  it('cuts no text in two', () => {
    expect([...emptyKeys(document, '#')]).toEqual([]);
  });

  it('describes the routes of the route table and no others', () => {
    const inTable = routes.map(({ method, path, operation, verb }) => ({
      method,
      path,
      operation,
      auth: verb !== 'open',
    }));
    const byName = (a: { operation: string }, b: { operation: string }) => (a.operation < b.operation ? -1 : 1);
    expect([...described].sort(byName)).toEqual([...inTable].sort(byName));
  });

  it('says for every operation what succeeds, and for those with input what fails', () => {
    for (const item of Object.values(document.paths))
      for (const [method, operation] of Object.entries(item)) {
        if (!methods.includes(method)) continue;
        const statuses = Object.keys(operation.responses);
        expect(statuses.some((status) => /^20[012]$/.test(status))).toBe(true);
        if (operation.security === undefined) expect(statuses).toContain('4XX');
        // Whatever looks at stores may find them away.
        if (statuses.includes('4XX'))
          expect([operation.operationId, statuses]).toEqual([operation.operationId, expect.arrayContaining(['5XX'])]);
      }
  });

  it('names path parameters as the paths do', () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const parameters = (item as { parameters?: readonly { $ref?: string; name?: string }[] }).parameters ?? [];
      const named = parameters.map(({ $ref, name }) => name ?? (resolve($ref!) as { name: string }).name);
      expect([path, named]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
    }
  });

  it('has what it refers to', () => {
    const dangling = [...new Set(references(document))].filter((reference) => resolve(reference) === undefined);
    expect(dangling).toEqual([]);
  });

  it('lists every error code', () => {
    const { code } = (document.components['schemas']!['Problem'] as { properties: { code: { enum: string[] } } })
      .properties;
    const all = new Set(Object.values(problems).map((one) => one.code));
    expect([...code.enum].sort()).toEqual([...all].sort());
  });

  it('has examples that are of their schemas', () => {
    const examples = [...examplesIn(document.components['schemas'], '/components/schemas')];
    expect(examples.length).toBeGreaterThan(10);
    const faults = examples.map(({ place, example }) => [place, schemaFault(`#${place}`, example)]);
    expect(faults.filter(([, fault]) => fault !== '')).toEqual([]);
    expect(schemaFault('#/components/schemas/Query', { language: 'sql' })).toContain("'statement'");
  });
});

function resolve(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], document);
}
