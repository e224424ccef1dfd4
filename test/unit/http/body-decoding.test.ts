import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBody } from '../../../lambdas/http/body-decoding.ts';
import { problemOf } from '../../support/problem-of.ts';

const limits = { bytesMax: 1_000, inflatedBytesMax: 5_000 };
const gzip = { 'Content-Encoding': 'gzip' };
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');

function decode(body: string | null, isBase64Encoded = false, headers: Record<string, string> = {}): Promise<string> {
  return decodeBody({ body, isBase64Encoded, headers }, limits);
}

describe('body decoding', () => {
  it.each([
    ['no body', null, false, {}, ''],
    ['text', '{"a":"ä€😀"}', false, {}, '{"a":"ä€😀"}'],
    ['a byte order mark', '\ufeff{}', false, {}, '{}'],
    ['base64', base64('{"a":"ä"}'), true, {}, '{"a":"ä"}'],
    ['base64 with a byte order mark', base64('\ufeff{}'), true, {}, '{}'],
    ['base64 of nothing', '', true, {}, ''],
    ['gzip', base64(gzipSync('{"a":1}')), true, gzip, '{"a":1}'],
    ['gzip, header in other cases', base64(gzipSync('{}')), true, { 'CONTENT-encoding': 'GZIP' }, '{}'],
    ['gzip of two members', base64(Buffer.concat([gzipSync('{"a"'), gzipSync(':1}')])), true, gzip, '{"a":1}'],
    ['identity', '{}', false, { 'content-encoding': 'identity' }, '{}'],
  ])('takes %s', async (_name, body, isBase64, headers, text) => {
    expect(await decode(body, isBase64, headers)).toBe(text);
  });

  it.each([
    ['bytes that are no UTF-8', base64(Buffer.from([0x7b, 0xff, 0x7d])), true, {}, 'invalid_body', 'UTF-8'],
    ['gzip of bytes that are no UTF-8', base64(gzipSync(Buffer.from([0xc3]))), true, gzip, 'invalid_body', 'UTF-8'],
    ['text that says it is gzip', '{}', false, gzip, 'invalid_body', 'not gzip'],
    ['bytes that say they are gzip', base64('{}'), true, gzip, 'invalid_body', 'not gzip'],
    [
      'gzip that breaks off',
      base64(gzipSync('x'.repeat(400)).subarray(0, 20)),
      true,
      gzip,
      'invalid_body',
      'breaks off',
    ],
    ['an encoding that we lack', '{}', false, { 'content-encoding': 'br' }, 'invalid_body', '"br"'],
    ['text over the limit', 'x'.repeat(1_001), false, {}, 'payload_too_large', '1000 bytes as sent'],
    ['text over the limit in bytes only', '€'.repeat(400), false, {}, 'payload_too_large', '1000 bytes as sent'],
    ['base64 over the limit', base64('x'.repeat(1_001)), true, {}, 'payload_too_large', '1000 bytes as sent'],
    [
      'gzip that unfolds beyond',
      base64(gzipSync('x'.repeat(5_001))),
      true,
      gzip,
      'payload_too_large',
      '5000 bytes once',
    ],
    ['a bomb', base64(gzipSync(Buffer.alloc(900_000))), true, gzip, 'payload_too_large', '5000 bytes once'],
  ])('refuses %s', async (_name, body, isBase64, headers, kind, says) => {
    expect(await problemOf(() => decode(body, isBase64, headers))).toMatchObject({
      kind,
      message: expect.stringContaining(says),
    });
  });

  it('takes what is just within the limits', async () => {
    expect(await decode('x'.repeat(1_000))).toHaveLength(1_000);
    expect(await decode(base64('x'.repeat(1_000)), true)).toHaveLength(1_000);
    expect(await decode(base64(gzipSync('x'.repeat(5_000))), true, gzip)).toHaveLength(5_000);
  });

  it('gives the same text whichever way it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 100 }), async (text) => {
        const plain = await decode(text);
        expect(await decode(base64(text), true)).toBe(plain);
        expect(await decode(base64(gzipSync(text)), true, gzip)).toBe(plain);
      }),
      { numRuns: 100 },
    );
  });
});
