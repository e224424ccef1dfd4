import { Problem } from '../../domain/problem.ts';

/**
 * Lets a client send back what it read with one thing changed: a member that cannot be changed may be there if it says what
 * it said. Members that the view does not have play no part, as in all bodies.
 * @param body as it was sent
 * @param view as a GET shows it now
 * @param free members that may differ: those that are changed, and those that change by themselves
 * @throws Problem that names the member
 */
export function assertUnchanged(body: object, view: object, free: readonly string[]): void {
  const sent = body as Readonly<Record<string, unknown>>;
  const shown = JSON.parse(JSON.stringify(view)) as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(shown).filter((one) => !free.includes(one))) {
    const place = Object.hasOwn(sent, name) ? difference(sent[name], shown[name], name) : undefined;
    if (place !== undefined)
      throw new Problem('invalid_parameter', `${place} cannot be changed; send it as it is, or leave it out.`, {
        parameter: place,
      });
  }
}

/** Where two values differ first; undefined when they do not. What was sent may say less than what is shown. */
function difference(sent: unknown, shown: unknown, place: string): string | undefined {
  if (sent === undefined || (sent === null && (shown === undefined || shown === null))) return undefined;
  if (typeof sent !== 'object' || sent === null) return isSame(sent, shown) ? undefined : place;
  if (typeof shown !== 'object' || shown === null || Array.isArray(sent) !== Array.isArray(shown)) return place;
  if (Array.isArray(sent) && sent.length !== (shown as readonly unknown[]).length) return place;
  for (const [step, value] of Object.entries(sent)) {
    const below = Array.isArray(sent) ? `${place}[${step}]` : `${place}.${step}`;
    const known = Object.hasOwn(shown, step) ? (shown as Readonly<Record<string, unknown>>)[step] : undefined;
    const found = difference(value, known, below);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whole numbers beyond 2^53 are shown as text and read as bigints. */
function isSame(sent: unknown, shown: unknown): boolean {
  return sent === shown || (typeof sent === 'bigint' && String(sent) === String(shown));
}
