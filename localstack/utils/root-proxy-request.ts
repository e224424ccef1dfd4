/** Headers as Node gives and takes them: name, value, name, value ... as sent, repetitions too. */
export type RawHeaders = readonly string[];

/** https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1, and `Expect`, which each side settles for itself. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/** Hosts by which LocalStack routes, whatever the path. */
const routedHost = /(?:^|\.)(?:execute-api|lambda-url)\./i;
/** LocalStack takes these bodies apart and puts them together again, not always as they were; PUT loses them. */
const form = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\s*(?=;|$)/i;

/** Headers less those that concern one connection only, among them what `Connection` names. */
export function endToEndHeaders(headers: RawHeaders): string[] {
  const named = pairs(headers)
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase()));
  // How a body is framed is about one connection too, but says whether there is a body.
  const dropped = new Set([...hopByHop, ...named.filter((name) => name !== 'content-length' && name !== 'host')]);
  return pairs(headers)
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .flat();
}

/**
 * What LocalStack gets of a request's headers. Three things differ, because it would change the request else
 * (localstack/README.md, gaps): `Content-Encoding: gzip` has a no-break space behind it, which the product trims away;
 * the media types of forms end with `+raw`; and a host by which LocalStack routes goes as `X-Forwarded-Host`.
 * @param targetHost stands in for a host that is missing or cannot be sent
 */
export function forwardedHeaders(headers: RawHeaders, targetHost: string, mayHaveBody: boolean): string[] {
  const sent = pairs(endToEndHeaders(headers)).flatMap(([name, value]) => forwardedHeader(name, value, targetHost));
  const names = new Set(sent.map(([name]) => name.toLowerCase()));
  if (!names.has('host')) sent.push(['Host', targetHost]);
  // Node would else announce a chunked body where there is none.
  if (mayHaveBody && !names.has('content-length') && !names.has('transfer-encoding'))
    sent.push(['Content-Length', '0']);
  return sent.flat();
}

/**
 * A request target below the base path: as it was sent, but for the origin of an absolute one, and `;` in the path, from
 * which on LocalStack would drop the rest of the segment. A target that begins with the stage is one that the product made
 * of the address which it sees (`ingest_endpoint`): the stage is in the base path already.
 */
export function forwardedTarget(target: string, basePath: string): string {
  const relative = target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = relative.indexOf('?');
  const stage = basePath.slice(basePath.lastIndexOf('/'));
  const sent = mark < 0 ? relative : relative.slice(0, mark);
  const path = stage !== '' && sent.startsWith(`${stage}/`) ? sent.slice(stage.length) : sent;
  const query = mark < 0 ? '' : relative.slice(mark);
  return `${basePath}${path.startsWith('/') ? '' : '/'}${path.replaceAll(';', '%3B')}${query}`;
}

function forwardedHeader(name: string, value: string, targetHost: string): [string, string][] {
  switch (name.toLowerCase()) {
    case 'content-encoding':
      return [[name, value.trim().toLowerCase() === 'gzip' ? `${value.trim()}\u00a0` : value]];
    case 'content-type':
      return [[name, value.replace(form, '$1+raw')]];
    case 'host':
      if (value.trim() === '') return [];
      return routedHost.test(value)
        ? [
            [name, targetHost],
            ['X-Forwarded-Host', value],
          ]
        : [[name, value]];
    default:
      return [[name, value]];
  }
}

function pairs(headers: RawHeaders): [string, string][] {
  return Array.from({ length: headers.length / 2 }, (_, i) => [headers[2 * i]!, headers[2 * i + 1]!]);
}
