import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messageEventBytes, packMessage, readMessage, unpackMessage } from '../../lambdas/adapters/aws/sqs-message.ts';
import {
  batchReceivesMax,
  consumerTimeoutMs,
  expiringValueDays,
  flushBytesMax,
  leaseMs,
  queueBatchMessagesMax,
  queueInlineBytesMax,
  queueRetentionDays,
  receiptDaysMax,
  retentionDays,
} from '../../lambdas/domain/limits.ts';
import { codePoint } from '../support/code-point.ts';

/** The characters that SQS takes, by its reference of SendMessage. */
const taken = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

describe('a message of SQS', () => {
  it('carries any text, in characters that SQS takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 300 }), (text) => {
        const message = packMessage(text);
        expect(message).toMatch(taken);
        expect(unpackMessage(message)).toBe(text);
      }),
    );
  });

  it.each([
    ['short text', '{"a":1}\n{}', true],
    ['many like records', JSON.stringify(Array(100).fill({ species: 'setosa', petals: 3 })), false],
    ['noise', randomBytes(30_000).toString('base64'), true],
    ['what SQS refuses', '{"a":"\ufffe"}', false],
    ['what looks packed', 'gzip:not', false],
  ])('is the text itself where that is shorter and possible: %s', (_, text, isPlain) => {
    expect(packMessage(text) === text).toBe(isPlain);
    expect(unpackMessage(packMessage(text))).toBe(text);
  });

  it('is never longer than its text, but for texts that SQS would not take', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => {
        fc.pre(!text.startsWith('gzip:') && taken.test(text));
        expect(packMessage(text).length).toBeLessThanOrEqual(Buffer.byteLength(text));
      }),
    );
  });

  it('that is no gzip is left as it is, alone among others', () => {
    const bodies = ['gzip:nonsense', packMessage('gzip:text'), 'plain'];
    expect(bodies.map(readMessage)).toEqual(['gzip:nonsense', 'gzip:text', 'plain']);
    expect(() => unpackMessage('gzip:nonsense')).toThrow();
  });

  it.each([
    ['"a"\n', 9],
    ['é', 4],
  ])('takes more of an event than it has bytes where JSON escapes it: %j', (text, bytes) => {
    expect(messageEventBytes(packMessage(text))).toBe(bytes);
  });
});

describe('the limits of the queue', () => {
  /** Ids, handle, attributes and hashes of one message in an event of Lambda: about 900 bytes. */
  const envelopeBytesMax = 2_000;

  it('keep a full event below what Lambda takes', () => {
    expect(queueBatchMessagesMax * (queueInlineBytesMax + envelopeBytesMax)).toBeLessThan(flushBytesMax);
  });

  it('hide a message for six times as long as its consumer may take', () => {
    expect(leaseMs).toBe(6 * consumerTimeoutMs);
  });

  it('try a batch to its end long before SQS forgets it', () => {
    expect(batchReceivesMax * leaseMs).toBeLessThan((queueRetentionDays * 86_400_000) / 100);
    expect(queueRetentionDays).toBeLessThan(retentionDays);
  });

  it('keep values put aside for longer than any item that names them', () => {
    expect(expiringValueDays).toBeGreaterThan(Math.max(receiptDaysMax, retentionDays));
  });
});
