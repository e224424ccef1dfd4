/** Keys are spread over this many, so that a run meets new and known rows alike. */
export const keySpace = 1_000_000;
/** Odd and no multiple of 5: stepping by it meets every key once before any comes twice, and never in order. */
const keyStride = 700_001;
const keyBase = 1_000_000;

/** Columns that the benchmark's records fill, with the options of a /v2 column call. */
export const recordColumns = {
  device: { type: 'mutex', keys: true },
  site: { type: 'mutex', keys: true },
  status: { type: 'mutex', keys: true },
  temperature: { type: 'decimal', scale: 2 },
  humidity: { type: 'decimal', scale: 1 },
  pressure: { type: 'int' },
  active: { type: 'bool' },
  at: { type: 'timestamp', timeUnit: 's' },
} as const;

/** A whole HTTP request whose record keys can be changed in place: making bodies must not cost the load generator. */
export interface RequestTemplate {
  readonly bytes: Buffer;
  /** Where each record's seven key digits begin. */
  readonly keyOffsets: readonly number[];
}

/** One request of `records` records of about 230 bytes each; `variant` changes the values. */
export function requestTemplate(head: readonly string[], records: number, variant: number): RequestTemplate {
  const values = Array.from({ length: records }, (_, i) => record(variant * records + i));
  const body = `{"records":[${values.map((value) => `{"value":${value}}`).join(',')}]}`;
  const text = `${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`;
  const keyOffsets = Array.from(text.matchAll(/"id":"(\d{7})"/g), (match) => match.index + '"id":"'.length);
  if (keyOffsets.length !== records) throw new Error('a key got lost');
  return { bytes: Buffer.from(text), keyOffsets };
}

/** Gives the records of a request the keys number `first`, `first + 1`, ... of the sequence. */
export function setKeys({ bytes, keyOffsets }: RequestTemplate, first: number): void {
  for (const [i, offset] of keyOffsets.entries()) {
    let key = keyBase + (((first + i) * keyStride) % keySpace);
    for (let digit = 6; digit >= 0; digit--) {
      bytes[offset + digit] = 48 + (key % 10);
      key = (key / 10) | 0;
    }
  }
}

function record(n: number): string {
  return JSON.stringify({
    id: String(keyBase + n).slice(0, 7),
    device: `urn:dev:ops:thermostat-${String(n % 5_000).padStart(5, '0')}`,
    site: `plant-${['north', 'south', 'east', 'west'][n % 4]}-hall-${n % 17}-floor-2`,
    status: ['running normally', 'waiting for work', 'under maintenance', 'stopped by hand'][n % 4],
    temperature: ((n * 37) % 9_000) / 100,
    humidity: String(((n * 13) % 1_000) / 10),
    pressure: 98_000 + ((n * 7) % 6_000),
    active: n % 3 !== 0,
    at: new Date(1_795_000_000_000 + n * 1_000).toISOString().replace('.000', ''),
  });
}
