import { expect, it } from '@jest/globals';
import { namesText } from '../../lambdas/domain/naming/names-text.ts';

const ten = Array.from({ length: 10 }, (_, i) => `t${i}`);
const tenShown = "'t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9'";

it.each<[what: string, names: readonly string[], text: string]>([
  ['one', ['a'], "'a'"],
  ['two', ['a', 'b'], "'a', 'b'"],
  ['ten, all of them', ten, tenShown],
  ['eleven, ten of them', [...ten, 'last'], `${tenShown} and 1 more`],
  ['twenty, ten of them', [...ten, ...ten], `${tenShown} and 10 more`],
])('a message lists %s', (_, names, text) => {
  expect(namesText(names)).toBe(text);
});
