import { type Batch, decodeBatch } from '../../lambdas/domain/batch.ts';
import type { ObjectStore } from '../../lambdas/ports/object-store.ts';

/** The batch of a message, with its body in it also where that was put aside. */
export async function wholeBatch(message: string, objects: Pick<ObjectStore, 'get'>): Promise<Batch> {
  const { header, payload } = decodeBatch(message);
  if (payload.kind === 'records') return { header, payload };
  const body = await objects.get(payload.objectKey);
  return { header, payload: { kind: 'records', body: new TextDecoder().decode(body) } };
}
