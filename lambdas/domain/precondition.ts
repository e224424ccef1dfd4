import { Problem } from './problem.ts';

/** The validators that a condition names, or `any` for whatever is there. */
export type Validators = 'any' | readonly string[];

/**
 * What a change is conditional on (RFC 9110 section 13.1), so that nobody undoes what they have not seen. Use cases hold it
 * against what they read, and save over the revision that they read: between the two nobody gets in.
 */
export interface Precondition {
  /** The validator must be one of these. */
  readonly ifMatch?: Validators;
  /** The validator must be none of these. */
  readonly ifNoneMatch?: Validators;
}

/** A thing with revisions, whose status may move on by itself. */
interface Revised {
  readonly revision: number;
  /** Its revision before the status moved on, where that was what happened last. */
  readonly movedFrom?: number;
}

/**
 * @param validators that of what stands now, which names one state of one thing, and no other ever has it; behind it, that of
 * before if nobody has changed anything since
 * @throws Problem `precondition_failed`
 */
export function assertPrecondition({ ifMatch, ifNoneMatch }: Precondition, validators: readonly string[]): void {
  const validator = validators[0]!;
  if (ifMatch !== undefined && !validators.some((one) => names(ifMatch, one)))
    throw new Problem(
      'precondition_failed',
      `What stands here now is "${validator}", which If-Match does not name. Read it again, and decide anew.`,
      { etag: `"${validator}"` },
    );
  if (ifNoneMatch !== undefined && names(ifNoneMatch, validator))
    throw new Problem('precondition_failed', `What stands here is "${validator}", and If-None-Match excludes it.`, {
      etag: `"${validator}"`,
    });
}

/** Whether a condition names the validator. */
export function names(validators: Validators, validator: string): boolean {
  return validators === 'any' || validators.includes(validator);
}

/**
 * Of what is found by its id: ids are never used again, so the revision is enough. Whoever goes on from the answer to a
 * change, in which the status was still moving, undoes nothing: the revision of then is good as well.
 */
export function validatorsOf({ revision, movedFrom }: Revised): readonly string[] {
  return movedFrom !== undefined && movedFrom === revision - 1 ? [`${revision}`, `${movedFrom}`] : [`${revision}`];
}

/** Of a table, which is found by its name: another one of this name begins with the same revisions. */
export function tableValidators({ id, ...revised }: Revised & { readonly id: string }): readonly string[] {
  return validatorsOf(revised).map((validator) => `${id}.${validator}`);
}

/** What is shown as the validator of a table. */
export function tableValidator(table: Revised & { readonly id: string }): string {
  return tableValidators(table)[0]!;
}
