import { reasons } from '../generated/reasons.ts';

/** Why a record was not stored as sent: the registry of `schemas/reasons.json`, which docs and console read too. */
export type ReasonCode = keyof typeof reasons;

/** What to do about a reason, in one sentence. */
export function hintOf(code: ReasonCode): string {
  return reasons[code].hint;
}

export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(reasons, text);
}
