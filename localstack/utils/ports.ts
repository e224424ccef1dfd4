import { connect, createServer } from 'node:net';

/** Somebody else listens on the port that was asked for. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

const host = '127.0.0.1';
const connectMsMax = 2_000;

/** A loopback port that nobody listens on at the moment; nothing keeps it free. */
export function freePort(): Promise<number> {
  return listenBriefly(0);
}

/**
 * Makes sure that nobody listens on a port. A connection is tried too: some systems let two programs listen on one port
 * if one of them listens on all addresses.
 * @throws PortTaken
 */
export async function requireFreePort(port: number): Promise<void> {
  if ((await answersOn(port)) || !(await listenBriefly(port).then(() => true, isTaken))) {
    throw new PortTaken(`port ${port} is taken: somebody else listens on it`);
  }
}

/** Whether somebody takes connections on a port. */
export function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(connectMsMax, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function isTaken(error: NodeJS.ErrnoException): false {
  if (error.code === 'EADDRINUSE') return false;
  throw error;
}

function listenBriefly(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
