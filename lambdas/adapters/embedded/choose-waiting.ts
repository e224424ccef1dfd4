/** What choosing needs to know of a message; its body is read once it is leased. */
export interface WaitingMessage {
  readonly seq: number;
  readonly bytes: number;
  readonly receives: number;
}

/** Waiting messages of one group after a number, oldest first. */
export type WaitingOf = (group: string, afterSeq: number, limit: number) => readonly WaitingMessage[];

interface Candidate {
  readonly message: WaitingMessage;
  /** Place among the waiting messages of its group, from 0. */
  readonly rank: number;
}

/**
 * Chooses which waiting messages are leased next: turn by turn one of each group, oldest first, until `messagesMax` or
 * `bytesMax` is reached (at least one message), so that a group with a long backlog holds up no other.
 * @param usable false: the message is not to be leased and does not count
 * @returns messages in the order in which they were sent
 */
export function chooseWaiting(
  waitingOf: WaitingOf,
  groups: readonly string[],
  { messagesMax, bytesMax }: { messagesMax: number; bytesMax: number },
  usable: (message: WaitingMessage) => boolean,
): WaitingMessage[] {
  const candidates = gather(waitingOf, groups, messagesMax, usable);
  candidates.sort((a, b) => a.rank - b.rank || a.message.seq - b.message.seq);
  const chosen: WaitingMessage[] = [];
  let bytes = 0;
  for (const { message } of candidates.slice(0, messagesMax)) {
    bytes += message.bytes;
    if (chosen.length > 0 && bytes > bytesMax) break;
    chosen.push(message);
  }
  return chosen.sort((a, b) => a.seq - b.seq);
}

/** An equal share of each group; groups that have more are asked again while there is room. */
function gather(
  waitingOf: WaitingOf,
  groups: readonly string[],
  messagesMax: number,
  usable: (message: WaitingMessage) => boolean,
): Candidate[] {
  const candidates: Candidate[] = [];
  let open = groups.map((group) => ({ group, last: 0, rank: 0 }));
  while (open.length > 0 && candidates.length < messagesMax) {
    const share = Math.ceil((messagesMax - candidates.length) / open.length);
    open = open.filter((at) => {
      const found = waitingOf(at.group, at.last, share);
      for (const message of found) {
        if (usable(message)) candidates.push({ message, rank: at.rank++ });
        at.last = message.seq;
      }
      return found.length === share;
    });
  }
  return candidates;
}
