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

/**
 * @param validator of what stands now: it names one state of one thing, and no other ever has it
 * @throws Problem `precondition_failed`
 */
export function assertPrecondition({ ifMatch, ifNoneMatch }: Precondition, validator: string): void {
  if (ifMatch !== undefined && !names(ifMatch, validator))
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

/** Of what is found by its id: ids are never used again, so the revision is enough. */
export function validatorOf({ revision }: { readonly revision: number }): string {
  return String(revision);
}

/** Of a table, which is found by its name: another one of this name begins with the same revisions. */
export function tableValidator({ id, revision }: { readonly id: string; readonly revision: number }): string {
  return `${id}.${revision}`;
}
