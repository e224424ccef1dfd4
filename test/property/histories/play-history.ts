import { deleteOneRow, post, resend } from './accept-steps.ts';
import { checkWorld } from './check-world.ts';
import type { History, Step } from './history.ts';
import type { HistoryPlace } from './history-place.ts';
import { advance, advanceOne, replayRecords } from './replay-steps.ts';
import type { Seen } from './seen.ts';
import { changeSchema, openWorld, type World } from './world.ts';
import { bury, buryLetter, compact, deliver, redrive, redriveRequest, write } from './write-steps.ts';

/**
 * Plays a history to its end, where all that waits is written, and checks what has come of it.
 * @throws what was wrong
 */
export async function playHistory(place: HistoryPlace, history: History, seen: Seen): Promise<void> {
  // What a history left that went wrong.
  await place.acknowledge(await place.newMessages());
  const world = await openWorld(place, history, seen);
  try {
    for (const step of history.steps) await play(world, step);
    await end(world);
    await checkWorld(world);
    seen.runs += 1;
  } finally {
    await place.acknowledge([...world.waiting, ...world.letters, ...world.done].map(({ message }) => message));
    await place.forget(world.table);
  }
}

async function play(world: World, step: Step): Promise<void> {
  world.place.clock.advance(1);
  switch (step.do) {
    case 'post':
      return post(world, step);
    case 'resend':
      return resend(world, step);
    case 'deliver':
      return deliver(world, step);
    case 'bury':
      return bury(world, step);
    case 'redrive':
      return redrive(world, step);
    case 'delete row':
      return deleteOneRow(world, step);
    case 'replay':
      return replayRecords(world, step);
    case 'advance':
      return advanceOne(world, step);
    case 'compact':
      return compact(world, step);
    case 'move clock':
      return world.place.clock.advance(step.ms);
    case 'add column':
    case 'drop column':
    case 'renew column':
    case 'remap':
      return changeSchema(world, step);
  }
}

/** Rounds until nothing waits: a replay whose page was written has another. */
const roundsMax = 20;

/** Everything is written but dead letters that stay: of which nothing was written, where the history leaves them. */
async function end(world: World): Promise<void> {
  for (let round = 0; isUnderWay(world); round += 1) {
    if (round === roundsMax) throw new Error('a replay comes to no end');
    await write(world, [...world.waiting]);
    for (const letter of [...world.letters]) await buryLetter(world, letter);
    for (const replay of world.replays) if (!replay.isEnded) await advance(world, replay);
  }
  for (const request of world.requests) {
    if (request.isDead && !(world.history.leavesDead && !request.isTouched)) await redriveRequest(world, request);
  }
  await write(world, [...world.waiting]);
}

function isUnderWay({ waiting, letters, replays }: World): boolean {
  return waiting.length > 0 || letters.length > 0 || replays.some(({ isEnded }) => !isEnded);
}
