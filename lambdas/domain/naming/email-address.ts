import { emailLengthMax } from '../limits.ts';

/**
 * An e-mail address as it is stored and looked for: without spaces around it, in lower case.
 * @returns undefined for a text that can't be one. Whether somebody reads what is sent there is not looked at.
 */
export function emailAddressOf(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  return address.length <= emailLengthMax && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(address) ? address : undefined;
}
