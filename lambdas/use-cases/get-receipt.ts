import { reachesSink } from '../domain/access.ts';
import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { ReceiptId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

/** @throws Problem `not_found`, also for another tenant's receipt and for one of a sink that the caller does not reach */
export async function getReceipt(
  { catalog }: { readonly catalog: Pick<Catalog, 'findReceipt'> },
  caller: Caller,
  { receiptId }: { readonly receiptId: ReceiptId },
): Promise<Receipt> {
  const receipt = await catalog.findReceipt(caller.tenantId, receiptId);
  if (!receipt || !reachesSink(caller, receipt.sinkId))
    throw new Problem('not_found', `Receipt ${shown(receiptId)} does not exist.`);
  return receipt;
}
