import { type Client, openHttpPlace, stranger, username } from './http-place.ts';

/** A password that is good enough to be set over HTTP. */
export const goodPassword = 'purple tractor lemon sky';
/** Another one. */
export const betterPassword = 'green kettle under the bridge';

type Headers = Readonly<Record<string, string>>;

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
export const withKey = (secret: string): Headers => ({ 'x-api-key': secret });

/** The HTTP functions at a clock of their own, with administrators of two tenants, and people who come by invite. */
export async function openIdentityPlace() {
  const clock = { ms: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.ms };
  const place = await openHttpPlace({ clock });
  let made = 0;

  const post = (path: string, body: unknown, headers: Headers = {}) => place.call('POST', path, { body, headers });
  const signIn = async (email: string, secret = goodPassword) =>
    (await post('/', { USERNAME: email, PASSWORD: secret })).json.AuthenticationResult;
  const administrators = async (): Promise<{ boss: Client; outsider: Client }> => {
    const [boss, outsider] = await Promise.all([place.as(username), place.as(stranger)]);
    return { boss, outsider };
  };

  const on = {
    ...(await administrators()),
    place,
    clock,
    post,
    call: (method: string, path: string, body: unknown, headers: Headers) =>
      place.call(method, path, { body, headers }),
    get: (path: string, headers: Headers) => place.call('GET', path, { headers }),
    signIn,
    /** Signs the administrators in again, where the clock was moved on by more than their tokens last. */
    async later(ms: number): Promise<void> {
      clock.ms += ms;
      Object.assign(on, await administrators());
    },
    /** Sinks of the first administrator's tenant. */
    async newSinks(...names: readonly string[]): Promise<readonly string[]> {
      const database_id: string = (await on.boss('POST', '/v2/databases', { name: names.join('-') })).json.id;
      await on.boss('POST', `/v2/tables/${database_id}`, { name: 't', columns: [{ name: 'n', type: 'int' }] });
      const definition = [{ name: '_id' }, { name: 'n' }];
      const schema = { id_field: '_id', allow_missing_fields: true, definition };
      const ids: string[] = [];
      for (const name of names) {
        const body = { name, sink_details: { database_id, table: 't' }, schema };
        ids.push((await on.boss('POST', '/v2/sinks', body)).json.id);
      }
      return ids;
    },
    /** Somebody who was invited and came. */
    async newcomer(role: 'User' | 'Administrator' = 'User') {
      made += 1;
      const email = `new${made}@example.com`;
      const { id, token } = (await on.boss('POST', '/v2/invites', { email, role })).json;
      const accepted = await post('/v2/invites/accept', { token, password: goodPassword });
      if (accepted.statusCode !== 200) throw new Error(accepted.body);
      const tokens = await signIn(email);
      const as = (method: string, path: string, body?: unknown, headers: Headers = {}) =>
        place.call(method, path, {
          headers: { ...bearer(tokens.IdToken), ...headers },
          ...(body !== undefined && { body }),
        });
      return { id: String(id), email, tokens, as };
    },
  };
  return on;
}

export type IdentityPlace = Awaited<ReturnType<typeof openIdentityPlace>>;
