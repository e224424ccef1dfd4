import { describe, expect, it } from '@jest/globals';
import { docText, typeText } from '../../schemas/typescript-type.ts';

describe('a JSON schema as a TypeScript type', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: ['integer', 'number'] }, 'number'],
    [{ enum: ['a', "b'c", null] }, "'a' | 'b\\'c' | null"],
    [{ const: true }, 'true'],
    [{}, 'unknown'],
    [{ $ref: '#/components/schemas/Sink' }, 'Sink'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Sink' } }, 'Sink[]'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'object' }, 'Readonly<Record<string, unknown>>'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'Readonly<Record<string, number>>'],
    [{ anyOf: [{ type: 'string' }, { type: 'boolean' }] }, '(string | boolean)'],
    [
      {
        allOf: [{ $ref: '#/components/schemas/AnySink' }],
        properties: { 'a-b': { type: 'string' } },
        required: ['a-b'],
      },
      "AnySink & {\n  readonly 'a-b': string;\n}",
    ],
    [
      { type: 'object', properties: { x: { type: 'string', description: 'An x.' } } },
      '{\n  /** An x. */\n  readonly x?: string;\n}',
    ],
  ])('%j', (schema, text) => {
    expect(typeText(schema)).toBe(text);
  });

  it('has long descriptions on several lines, none of them beyond 120 characters, with every word', () => {
    const words = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const lines = docText(words, 4).split('\n');
    expect(lines.every((line) => line.length <= 120)).toBe(true);
    expect(docText(words, 4).match(/word\d+/g)).toHaveLength(60);
    expect(docText('ends */ early', 0)).toBe('/** ends * / early */\n');
  });
});
