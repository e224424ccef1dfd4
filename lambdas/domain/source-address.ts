/** Groups of an IPv6 address that name a network; the rest is the host's own choice (RFC 4291 section 2.5.4). */
const networkGroups = 4;
const groupsOfAddress = 8;

/**
 * What counts as one source: an IPv4 address, or the /64 network of an IPv6 address, of which one host may use any.
 * @param address as the socket has it; IPv4 may be written as IPv6. Anything else is a source of its own.
 */
export function sourceOfAddress(address: string): string {
  const text = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail, ...more] = text.split('::');
  if (!text.includes(':') || more.length > 0) return text;
  const [first, last] = [groupsIn(head), groupsIn(tail ?? '')];
  const zeros = tail === undefined ? 0 : Math.max(0, groupsOfAddress - first.length - last.length);
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  const network = groups.slice(0, networkGroups).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

function groupsIn(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
