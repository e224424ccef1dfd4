import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Text of a file under `test/fixtures`. */
export function readFixtureText(path: string): string {
  return readFileSync(fixtures + path, 'utf8');
}

/** A JSON file under `test/fixtures`; the caller states its shape. */
export function readFixture<T>(path: string): T {
  return JSON.parse(readFixtureText(path)) as T;
}
