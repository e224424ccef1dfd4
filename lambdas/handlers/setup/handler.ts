import middy from '@middy/core';
import {
  ensureFirstAdministrator,
  type FirstAdministrator,
  type FirstAdministratorPorts,
} from '../../use-cases/first-administrator.ts';

/** Who is to be the first administrator; an address and a password are made up where none is given. */
export interface SetupEvent {
  readonly email?: string;
  readonly password?: string;
}

/**
 * Makes the first administrator of a new deployment. An operator invokes it once, with the right to invoke functions; no
 * route leads here. A made-up password is in the answer of the first call and nowhere else.
 */
export function makeSetupHandler(ports: FirstAdministratorPorts) {
  return middy<SetupEvent, FirstAdministrator>().handler((event) => {
    const [email, password] = [textOf(event, 'email'), textOf(event, 'password')];
    return ensureFirstAdministrator(ports, { ...(email && { email }), ...(password && { password }) });
  });
}

function textOf(event: SetupEvent, name: keyof SetupEvent): string | undefined {
  const value: unknown = event?.[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`"${name}" of the setup event is text or left out`);
}
