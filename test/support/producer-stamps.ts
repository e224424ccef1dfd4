import { producerVersionOf } from '../../lambdas/domain/coercion/producer-version.ts';
import type { Integer } from '../../lambdas/domain/column-type.ts';
import { integerMax, integerMin } from '../../lambdas/domain/limits.ts';
import { nextVersion, type Stamp, stamper } from '../../lambdas/domain/version.ts';

/** Versions that meet often, at both ends of 64 bits and around 0. */
export const sampleVersions: readonly Integer[] = [integerMin, -1, 0, 1, integerMax];

/** Stamp of the `nth` accepted record of a table whose producers give versions. */
export function producerStamp(version: Integer, nth: number): Stamp {
  const prefix = producerVersionOf('number', version);
  if (typeof prefix !== 'string') throw new RangeError(`${version} is no version`);
  return stamper(nextVersion({ ms: 0, counter: 0 }, 1_767_323_045_000 + nth, 3, 1).version, 1)(0, prefix);
}

/** Such a stamp for each number from 1 on: versions repeat, and do not rise with acceptance. */
export function sampleProducerStamp(nth: number): Stamp {
  return producerStamp(sampleVersions[(nth * 3) % sampleVersions.length]!, nth);
}
