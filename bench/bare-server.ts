import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The peer of the ingest benchmark: the least that a durable ingest server can be. It parses the body, writes each record
 * blindly under its key and answers once that is on disk. No types, no merge by column, no receipts, no queue, no SQL over
 * many columns. It has the fast form of that: write-ahead log, and one commit for all requests of an event-loop turn.
 */
const [, , folder] = process.argv;
if (folder === undefined) throw new Error('usage: bare-server.ts <folder>');

const db = new DatabaseSync(join(folder, 'bare.sqlite'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
// Not WITHOUT ROWID: with bodies of this size the index apart from the rows is about twice as fast.
db.exec('CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, body TEXT NOT NULL)');
const upsert = db.prepare('INSERT INTO records VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body');

type Entry = { readonly value: { readonly id: string } };
let waiting: { readonly entries: readonly Entry[]; readonly response: ServerResponse }[] = [];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { records } = JSON.parse(Buffer.concat(chunks).toString()) as { records: Entry[] };
    if (waiting.push({ entries: records, response }) === 1) setImmediate(commit);
  });
});

function commit(): void {
  const group = waiting;
  waiting = [];
  db.exec('BEGIN');
  for (const { entries } of group) for (const { value } of entries) upsert.run(value.id, JSON.stringify(value));
  db.exec('COMMIT');
  for (const { entries, response } of group) {
    const body = `{"success_count":${entries.length},"error_count":0}`;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  }
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
