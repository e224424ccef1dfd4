import type { SinkId } from '../domain/ids.ts';
import { needsExactNumbers } from '../domain/json/json-body.ts';
import { type CompiledMapping, compileMapping } from '../domain/mapping.ts';
import type { Mapping } from '../domain/sink.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

/** Compiled mappings kept: far more than the sinks that one instance serves at a time. */
const compiledMappingsMax = 1_000;

export interface LoadedMapping {
  readonly mapping: Mapping;
  readonly map: CompiledMapping;
  /** Whether bodies must be parsed so that numbers keep all their digits. */
  readonly exactNumbers: boolean;
}

/**
 * Mappings by sink and revision, compiled once. A revision never changes, so entries never go stale; nothing else of
 * the accept path is cached.
 * @returns a loader; undefined for a revision that does not exist (any more)
 */
export function makeCompiledMappings(
  catalog: Pick<Catalog, 'findMapping'>,
): (sinkId: SinkId, revision: number) => Promise<LoadedMapping | undefined> {
  const loaded = new Map<string, LoadedMapping>();
  return async (sinkId, revision) => {
    const key = `${sinkId}:${revision}`;
    const known = loaded.get(key);
    if (known) return known;
    const mapping = await catalog.findMapping(sinkId, revision);
    if (!mapping) return undefined;
    const entry = { mapping, map: compileMapping(mapping), exactNumbers: needsExactNumbers(mapping) };
    if (loaded.size >= compiledMappingsMax) loaded.delete(loaded.keys().next().value!);
    loaded.set(key, entry);
    return entry;
  };
}
