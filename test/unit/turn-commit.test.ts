import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMainDatabase } from '../../lambdas/adapters/embedded/open-main-database.ts';
import { makeTurnCommit, type TurnCommit } from '../../lambdas/adapters/embedded/turn-commit.ts';

describe('the commit of a turn', () => {
  let directory: string;
  let database: DatabaseSync;
  /** Another connection: it sees only what is committed. */
  let witness: DatabaseSync;
  let turn: TurnCommit;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'headgate-turn-'));
    const file = join(directory, 'turn.db');
    database = openMainDatabase(file);
    database.exec('CREATE TABLE notes (text TEXT PRIMARY KEY)');
    witness = new DatabaseSync(file);
    turn = makeTurnCommit(database);
  });
  afterEach(async () => {
    await turn.close();
    witness.close();
    database.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const texts = (connection: DatabaseSync) =>
    connection
      .prepare('SELECT text FROM notes ORDER BY rowid')
      .all()
      .map(({ text }) => text as string);
  const add = (text: string) => {
    database.prepare('INSERT INTO notes VALUES (?)').run(text);
    return text;
  };
  const fail = (text: string): never => {
    add(text);
    throw new Error(`refused ${text}`);
  };
  /** Changes with every commit of the other connection. */
  const commitsSeen = () => witness.prepare('PRAGMA data_version').get()!['data_version'];

  it('tells a caller only what is durable', async () => {
    const written = turn.write(() => add('a'));
    expect(texts(witness)).toEqual([]);
    expect(await written).toBe('a');
    expect(texts(witness)).toEqual(['a']);
  });

  it('holds all writes of one turn, each seeing those before it', async () => {
    const before = Number(commitsSeen());
    const seen: string[][] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((text) =>
        turn.write(() => {
          seen.push([...texts(database), ...texts(witness)]);
          add(text);
        }),
      ),
    );
    expect(seen).toEqual([[], ['a'], ['a', 'b']]);
    expect(Number(commitsSeen()) - before).toBe(1);
  });

  it('leaves out a write that throws, alone', async () => {
    const ends = await Promise.allSettled([
      turn.write(() => add('a')),
      turn.write(() => fail('b')),
      turn.write(() => add('a')),
      turn.write(() => add('c')),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(ends[1]).toMatchObject({ reason: { message: 'refused b' } });
    expect(texts(witness)).toEqual(['a', 'c']);
  });

  it('rejects all of the turn when the commit fails, and goes on with the next', async () => {
    database.exec(`
      PRAGMA foreign_keys = ON;
      CREATE TABLE links (note TEXT REFERENCES notes DEFERRABLE INITIALLY DEFERRED)`);
    const ends = await Promise.allSettled([
      turn.write(() => add('a')),
      turn.write(() => database.exec("INSERT INTO links VALUES ('nowhere')")),
      turn.write(() => fail('b')),
    ]);
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { message: /FOREIGN KEY/ } });
    expect(texts(witness)).toEqual([]);
    expect(await turn.write(() => add('c'))).toBe('c');
    expect(texts(witness)).toEqual(['c']);
  });

  it('keeps nothing of a turn whose transaction was rolled back under it', async () => {
    const ends = await Promise.allSettled([
      turn.write(() => add('a')),
      turn.write(() => {
        database.exec('ROLLBACK');
        throw new Error('disk I/O error');
      }),
      turn.write(() => add('b')),
    ]);
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { message: 'disk I/O error' } });
    expect(texts(witness)).toEqual([]);
  });

  it('tells the truth when the disk is full', async () => {
    const pages = Number(database.prepare('PRAGMA page_count').get()!['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages + 10}`);
    const bodies = Array.from({ length: 20 }, (_, i) => String(i).padEnd(8_000, '.'));
    const ends = await Promise.allSettled(bodies.map((body) => turn.write(() => add(body))));
    const kept = bodies.filter((_, i) => ends[i]!.status === 'fulfilled');
    expect(kept.length).toBeLessThan(bodies.length);
    expect(texts(witness)).toEqual(kept);
  });

  it('takes what a write or its caller adds into the next turn', async () => {
    let inner: Promise<string> | undefined;
    await turn.write(() => {
      inner = turn.write(() => add('inner'));
      add('outer');
    });
    expect(texts(witness)).toEqual(['outer']);
    expect(await inner).toBe('inner');
    expect(texts(witness)).toEqual(['outer', 'inner']);
  });

  it('commits what waits when closed, and refuses writes from then on', async () => {
    const written = turn.write(() => add('a'));
    await turn.close();
    expect(texts(witness)).toEqual(['a']);
    expect(await written).toBe('a');
    await expect(turn.write(() => add('b'))).rejects.toThrow('closed');
    await turn.close();
    expect(texts(witness)).toEqual(['a']);
  });
});
