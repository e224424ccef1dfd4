import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Problem } from '../domain/problem.ts';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** Cost of scrypt: 32 MB and some 80 ms a check on one core, felt by nobody and by every guesser. */
const cost: Cost = { N: 2 ** 15, r: 8, p: 1 };
/** Bytes of salt and of the derived key. */
const saltBytes = 16;
const keyBytes = 32;
/** Checks at a time: each takes 32 MB and one of the few threads that also read and write files. */
const runningMax = 2;
/** Checks that may wait for one of them: some seconds' worth, then it is better to say so. */
const waitingMax = 100;

interface Derived extends Cost {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** The text to store for a password: `scrypt:N:r:p:salt:key`. The parameters are in it, so that they can be raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, keyBytes, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':');
}

/**
 * Whether a password is the one of a stored text, in a time that does not tell how much of it is right.
 * @param stored undefined when there is no such user: the answer is false after the same work, so that the time taken
 * does not tell who has an account
 * @throws Problem `unavailable` when too many checks wait already
 */
export async function checkPassword(password: string, stored: string | undefined): Promise<boolean> {
  const { N, r, p, salt, key } = stored === undefined ? nobody : parse(stored);
  const derived = await derive(password, salt, key.length, { N, r, p });
  return timingSafeEqual(derived, key) && stored !== undefined;
}

const nobody: Derived = { ...cost, salt: Buffer.alloc(saltBytes), key: Buffer.alloc(keyBytes) };

function parse(stored: string): Derived {
  const [kind, N, r, p, salt, key] = stored.split(':');
  if (kind !== 'scrypt' || !salt || !key) throw new Error('a stored password is not one that scrypt made');
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, length: number, options: Cost): Promise<Buffer> {
  if (running >= runningMax) {
    if (waiting.length >= waitingMax)
      throw new Problem('unavailable', 'Too many sign-ins at once; try again in a few seconds.');
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  } else {
    running += 1;
  }
  try {
    return await scryptKey(password, salt, length, options);
  } finally {
    // The place is handed on rather than given up, so that nobody who comes now can take it first.
    const first = waiting.shift();
    if (first) first();
    else running -= 1;
  }
}

function scryptKey(password: string, salt: Buffer, length: number, { N, r, p }: Cost): Promise<Buffer> {
  // Twice what the algorithm needs: Node's own limit is just below the cost above.
  const maxmem = 2 * 128 * r * (N + p + 2);
  return new Promise((resolve, reject) => {
    // One form for passwords that look alike: typed on one system, checked on another.
    scrypt(password.normalize('NFKC'), salt, length, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
