import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * Writes bytes to a connection as they are, so that a request may lie about itself.
 * @param ending what the client does after its bytes: wait for the answer and for the other side to close, close its own
 * side (Node's server then gives up the request), or cut the connection
 * @returns status lines of all answers until the connection ended; at most 10 s
 */
export function sendRaw(baseUrl: string, text: string, ending: 'wait' | 'close' | 'cut'): Promise<readonly number[]> {
  const url = new URL(baseUrl);
  const tls = url.protocol === 'https:';
  const port = Number(url.port || (tls ? 443 : 80));
  return new Promise((resolve) => {
    let answered = '';
    const socket = tls
      ? connectTls({ host: url.hostname, port, servername: url.hostname })
      : connect({ host: url.hostname, port, allowHalfOpen: true });
    socket.setEncoding('utf8');
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answered += chunk;
    });
    socket.on('end', () => socket.end());
    // A reset is one way of being refused; `close` follows it.
    socket.on('error', () => {});
    socket.on('close', () =>
      resolve(Array.from(answered.matchAll(/^HTTP\/1\.1 (\d{3})/gm), (match) => Number(match[1]))),
    );
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      socket.write(text, () => {
        if (ending === 'close') socket.end();
        else if (ending === 'cut') socket.destroy();
      });
    });
  });
}
