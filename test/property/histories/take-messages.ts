import { type BatchHeader, decodeBatch } from '../../../lambdas/domain/batch.ts';
import type { ModelRequest, World } from './world.ts';

/** Takes what came into the queue; `requestOf` says of which request each message is. */
export async function takeMessages(world: World, requestOf: (header: BatchHeader) => ModelRequest): Promise<void> {
  for (const message of await world.place.newMessages()) {
    const { header } = decodeBatch(message.body);
    const request = requestOf(header);
    if (!request.isQueued && !request.isAnswered && !request.again) world.seen.unanswered += 1;
    request.header ??= header;
    request.isQueued = true;
    world.waiting.push({ message, request });
  }
}
