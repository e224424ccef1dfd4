import type { AcceptPorts } from '../../../lambdas/use-cases/accept-batch.ts';
import { type Process, startProcess } from './crashing-ports.ts';
import type { Crash } from './history.ts';
import type { HistoryPorts } from './history-place.ts';
import type { World } from './world.ts';

/** A process with all that a function or the host has, its own caches and the stores that all share. */
export interface Instance extends Process {
  readonly ports: HistoryPorts & AcceptPorts;
}

/** Starts a process that a history may let break. */
export function startInstance({ place, seen }: World, crash: Crash | undefined): Instance {
  const process = startProcess(crash);
  const { port } = process;
  const { catalog, rowStore, segmentFiles, objects, queue, versions } = place.ports;
  const shared: HistoryPorts = {
    catalog: port(catalog),
    rowStore: port(rowStore),
    segmentFiles: port(segmentFiles),
    objects: port(objects),
    queue: port(queue),
    versions: port(versions),
  };
  const ports = {
    ...shared,
    intake: place.makeIntake(shared),
    clock: place.clock,
    ids: place.ids,
    pause: async (ms: number) => place.clock.advance(Math.ceil(ms)),
  };
  return { ...process, ports, hasMet: noting(process, seen, crash) };
}

/** Counts what a process met when it is asked, which is once, after it did its work. */
function noting(process: Process, seen: World['seen'], crash: Crash | undefined): () => boolean {
  let noted = false;
  return () => {
    const met = process.hasMet();
    if (met && !noted) {
      noted = true;
      if (crash?.ends) seen.crashes += 1;
      else seen.errors += 1;
    }
    return met;
  };
}
