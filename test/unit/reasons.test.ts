import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { hintOf, isReasonCode } from '../../lambdas/domain/reasons.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import { reasons } from '../../lambdas/generated/reasons.ts';
import { receiptView } from '../../lambdas/http/dialects/featurebase-receipt.ts';
import { aReceipt } from '../conformance/catalog-entities.ts';

const testFolder = fileURLToPath(new URL('..', import.meta.url));
const codes = Object.keys(reasons) as (keyof typeof reasons)[];

describe('the registry of reasons', () => {
  const tests = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|json)$/.test(name) && !name.endsWith('unit/reasons.test.ts'))
    .map((name) => readFileSync(`${testFolder}${name}`, 'utf8'));

  it.each(codes.filter((code) => code !== 'column_dropped'))('%s is met in tests', (code) => {
    expect(tests.some((text) => new RegExp(`['"]${code}['"]`).test(text))).toBe(true);
  });

  it('knows its codes and no others', () => {
    for (const code of codes) expect(isReasonCode(code)).toBe(true);
    for (const other of ['', 'unheard_of', 'constructor', '__proto__']) expect(isReasonCode(other)).toBe(false);
  });
});

describe('column_dropped', () => {
  it('is said of the records of a receipt that lost values to a drop, with what to do', () => {
    const receipt: Receipt = {
      ...aReceipt({ state: 'visible' }),
      written: 2,
      superseded: 0,
      quarantined: 0,
      changed: 2,
    };
    const changes = [{ reason: 'column_dropped', records: 2, hint: hintOf('column_dropped') }];
    expect(receiptView(receipt)).toMatchObject({ changed: 2, changes });
    expect(receiptView({ ...receipt, changed: 0 })).not.toHaveProperty('changes');
  });
});
