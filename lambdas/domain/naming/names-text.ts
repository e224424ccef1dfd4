/** Names that one message lists: enough to act on, short enough to read. */
const listedNamesMax = 10;

/** Names for a message, in quotes: `'a', 'b' and 3 more`. */
export function namesText(names: readonly string[]): string {
  const listed = names.slice(0, listedNamesMax).map((name) => `'${name}'`);
  const more = names.length - listed.length;
  return listed.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
