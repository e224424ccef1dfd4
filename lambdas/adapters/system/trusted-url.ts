/** Hosts that no network is between. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address that keys may be read from: https, or plain http on this machine.
 * @throws Error that says what is wrong with it
 */
export function trustedUrl(text: string): string {
  if (!URL.canParse(text)) throw new Error('the address is no URL');
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname)))
    throw new Error('the address must begin with https://');
  if (username || password || hash) throw new Error('the address must have neither credentials nor a fragment');
  return text;
}
