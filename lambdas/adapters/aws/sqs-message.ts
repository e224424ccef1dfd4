import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * A text as an SQS message: as it is, or gzip in base64 behind this mark where that is shorter. SQS takes text alone and
 * is paid by 64 KB; JSON of many records shrinks to a third. A text that begins with the mark is always packed.
 */
const packedMark = 'gzip:';
/** Half the time of the default level, for an eighth more bytes. */
const gzipLevel = 1;
/** What SQS refuses in a message: all but the characters of XML 1.0. JSON may hold some of it in strings. */
const refusedCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The message for a text. */
export function packMessage(text: string): string {
  const packed = packedMark + gzipSync(text, { level: gzipLevel }).toString('base64');
  const isPlain =
    packed.length >= Buffer.byteLength(text) && !text.startsWith(packedMark) && !refusedCharacter.test(text);
  return isPlain ? text : packed;
}

/** The inverse of `packMessage`; throws on what is marked as packed and is not. */
export function unpackMessage(message: string): string {
  if (!message.startsWith(packedMark)) return message;
  return gunzipSync(Buffer.from(message.slice(packedMark.length), 'base64')).toString();
}

/** Bytes of a message within the event in which Lambda hands it on, where it is a string of JSON. */
export function messageEventBytes(message: string): number {
  return Buffer.byteLength(JSON.stringify(message));
}

/**
 * The text of a message that came from a queue. What is marked as packed and is not stays as it is: its consumer then
 * refuses it alone, and not all that came with it.
 */
export function readMessage(message: string): string {
  try {
    return unpackMessage(message);
  } catch {
    return message;
  }
}
