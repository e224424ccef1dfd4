import { Misfit } from '../coercion/misfit.ts';
import { producerVersionOf } from '../coercion/producer-version.ts';
import type { Rejection } from '../outcome.ts';
import type { VersionSpec } from '../sink.ts';
import type { ProducerVersion } from '../version.ts';
import { type JsonObject, notAnObject, pathReader } from './lookup-path.ts';
import { deadEnd, misfitRejection, missingVersion } from './record-rejections.ts';
import { versionItem } from './resolve-version.ts';

/**
 * Makes the function that reads a record's version. A record without one has no place in the order of its table, so it is
 * rejected whatever the sink allows to be missing.
 */
export function compileVersion({ kind, path }: VersionSpec): (root: JsonObject) => ProducerVersion | Rejection {
  const place = { name: versionItem, path };
  const read = pathReader(path);
  return (root) => {
    const found = read(root);
    if (found === notAnObject) return deadEnd(place, root);
    const version = producerVersionOf(kind, found);
    if (version === undefined) return missingVersion(place, found, root);
    return version instanceof Misfit ? misfitRejection(place, version, 'invalid_version') : version;
  };
}
