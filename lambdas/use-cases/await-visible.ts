import type { Receipt } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { type WaitPorts, waitFor } from './wait-for.ts';

export interface AwaitVisiblePorts extends WaitPorts {
  readonly catalog: Pick<Catalog, 'findReceipt'>;
}

/**
 * Waits until a receipt is queued no longer. The request is accepted whatever becomes of the waiting, so a read that
 * fails is only asked again.
 * @returns the receipt as it was last seen: `queued` when the time was up
 */
export async function awaitVisible(ports: AwaitVisiblePorts, receipt: Receipt, untilMs: number): Promise<Receipt> {
  if (receipt.state !== 'queued') return receipt;
  const look = async () => {
    const seen = await ports.catalog.findReceipt(receipt.tenantId, receipt.id).catch(() => undefined);
    return seen?.state === 'queued' ? undefined : seen;
  };
  return (await waitFor(ports, look, untilMs)) ?? receipt;
}
