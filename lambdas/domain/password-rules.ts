import { commonPhrases, commonWords } from './common-passwords.ts';
import { passwordLengthMax, passwordLengthMin } from './limits.ts';

/** Rows of keyboards, the alphabet and the figures: what fingers run along. */
const runs = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm', '1234567890'];
const walks = ['1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p', '1q2w3e4r5t6y7u8i9o0p', 'zaq12wsxcde34rfvbgt56yhn'];
const sequences = [...runs, ...walks].flatMap((run) => [run + run, [...(run + run)].reverse().join('')]);
/** Fewer different characters than these are a rhythm, not a password. */
const distinctMin = 5;
/** Characters of a sequence that are one step for who guesses. */
const sequenceMin = 4;
/** Characters that must be left once everything is taken off that who guesses tries by itself. */
const restMin = 5;

/** Figures and signs that are added to a word without making it one that is hard to guess: as many as a date has. */
const addedMax = 8;

/** Letters as people write them with figures and signs; 1 is an l as often as an i. */
const writtenAs: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't' },
  ...{ '@': 'a', $: 's', '!': 'i' },
};

/**
 * Why a password must not be taken, or undefined: NIST SP 800-63B section 3.1.1.2 (length, no common ones, nothing that
 * the account itself tells; no rules of composition). The text never repeats the password.
 */
export function passwordFault(password: string, { email }: { readonly email: string }): string | undefined {
  const length = [...password.normalize('NFKC')].length;
  if (length < passwordLengthMin) return `has ${length} characters; at least ${passwordLengthMin} are wanted`;
  if (length > passwordLengthMax) return `has ${length} characters; at most ${passwordLengthMax} are possible`;
  const text = password.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  if (new Set(text).size < distinctMin) return `has fewer than ${distinctMin} different characters`;
  if (isOf(text, [email, ...email.split('@'), ...wordsOf(email)])) return 'is made of the e-mail address';
  if (isOf(text, ['headgate', 'featurebase'])) return "is made of the product's name";
  if (isCommon(text)) return 'is one that many people choose, or a run along the keyboard';
  return undefined;
}

function wordsOf(email: string): string[] {
  return email.split(/[^\p{L}\p{N}]+/u);
}

/** Whether little is left of a text without these words, of which those of a letter or two say nothing. */
function isOf(text: string, words: readonly string[]): boolean {
  const longFirst = words.filter((word) => word.length > 2).sort((a, b) => b.length - a.length);
  const rest = longFirst.reduce((left, word) => left.replaceAll(word.toLowerCase(), ''), text);
  return rest !== text && worthOf(withoutSequences(rest)) < restMin;
}

function isCommon(text: string): boolean {
  if (withoutSequences(text).length < restMin) return true;
  return [text, lettersOf(text, 'i'), lettersOf(text, 'l')].some((form) => {
    const rest = withoutSequences(form);
    const words = lettersIn(rest);
    return commonPhrases.has(lettersIn(form)) || (isMadeOfWords(words) && worthOf(rest) === words.length);
  });
}

/** Letters that were written as figures and signs; those at the end are what was added. */
function lettersOf(text: string, one: 'i' | 'l'): string {
  return text.replaceAll(/[\d@$!](?=.*\p{L})/gu, (sign) => (sign === '1' ? one : (writtenAs[sign] ?? sign)));
}

function lettersIn(text: string): string {
  return text.replaceAll(/[^\p{L}]/gu, '');
}

/** Characters that somebody would have to guess: a few figures and signs (a date, a number) are added by everybody. */
function worthOf(text: string): number {
  const count = lettersIn(text).length;
  return count + Math.max(0, text.length - count - addedMax);
}

/** Takes off what runs along a sequence for some characters. */
function withoutSequences(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; ) {
    const length = sequenceLength(text, at);
    if (length < sequenceMin) rest += text[at];
    at += length < sequenceMin ? 1 : length;
  }
  return rest;
}

function sequenceLength(text: string, at: number): number {
  let length = sequenceMin;
  if (!isSequence(text.slice(at, at + length), length)) return 1;
  while (at + length < text.length && isSequence(text.slice(at, at + length + 1), length + 1)) length += 1;
  return length;
}

function isSequence(part: string, length: number): boolean {
  return part.length === length && sequences.some((sequence) => sequence.includes(part));
}

/** Whether the text is one or two common words, or one again and again. */
function isMadeOfWords(text: string): boolean {
  if (commonWords.has(text)) return true;
  for (let at = 1; at < text.length; at += 1) {
    const [first, rest] = [text.slice(0, at), text.slice(at)];
    if (!commonWords.has(first)) continue;
    if (commonWords.has(rest) || rest.replaceAll(first, '') === '') return true;
  }
  return false;
}
