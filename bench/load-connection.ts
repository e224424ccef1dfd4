import { connect, type Socket } from 'node:net';

/** The answer to one POST. */
export interface LoadAnswer {
  readonly status: number;
  readonly receipt: string | undefined;
  readonly body: string;
}

/** One keep-alive connection that has at most one request under way. Far cheaper than `node:http`, so that the load generator does not take the server's share of two cores. */
export interface LoadConnection {
  send(request: Buffer): Promise<LoadAnswer>;
  close(): void;
}

/** Opens a connection; answers must carry a Content-Length. */
export function openLoadConnection(url: string): Promise<LoadConnection> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port || 80), noDelay: true });
  let waiting: { resolve: (answer: LoadAnswer) => void; reject: (error: Error) => void } | undefined;
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    const answer = wholeAnswer(received);
    if (answer === undefined) return;
    received = '';
    const { resolve } = waiting!;
    waiting = undefined;
    resolve(answer);
  });
  const fail = (error: Error) => waiting?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        send: (request) =>
          new Promise((resolveAnswer, rejectAnswer) => {
            waiting = { resolve: resolveAnswer, reject: rejectAnswer };
            socket.write(request);
          }),
        close: () => socket.destroy(),
      }),
    );
  });
}

/** undefined while more must come. */
function wholeAnswer(text: string): LoadAnswer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`);
  const body = text.slice(end + 4);
  if (body.length < Number(length)) return undefined;
  return { status: Number(head.slice(9, 12)), receipt: /\r\nx-headgate-receipt: *(\S+)/i.exec(head)?.[1], body };
}
