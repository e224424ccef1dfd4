import { emailLengthMax } from '../limits.ts';

/**
 * An e-mail address as it is stored and looked for: without spaces around it, in lower case.
 * @returns undefined for a text that can't be one. Whether somebody reads what is sent there is not looked at.
 */
export function emailAddressOf(text: string): string | undefined {
  const address = normalAddress(text);
  return address.length <= emailLengthMax && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(address) ? address : undefined;
}

/**
 * How addresses are compared. Only A to Z have a lower case here: that of other letters can be one of these (U+212A, the
 * Kelvin sign, becomes k), and an address of somebody else.
 */
export function normalAddress(text: string): string {
  return text.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
