import { expect, it } from '@jest/globals';
import type { SegmentId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import { segmentKey, segmentsFolder, tableIdOfSegmentKey } from '../../lambdas/domain/segment.ts';

const [tenant, table] = ['tenant' as TenantId, 'table' as TableId];

it('segments lie below their tenant and their table', () => {
  const key = segmentKey(tenant, table, 'segment' as SegmentId);
  expect(key).toBe('tenant/segments/table/segment/rows.parquet');
  expect(segmentsFolder(tenant)).toBe('tenant/segments/');
  expect(segmentsFolder(tenant, table)).toBe('tenant/segments/table/');
  expect(tableIdOfSegmentKey(key)).toBe(table);
});
