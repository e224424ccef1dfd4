import { describe, expect, it } from '@jest/globals';
import { passwordFault } from '../../lambdas/domain/password-rules.ts';

const email = 'ann.smith@example.com';
const fault = (password: string) => passwordFault(password, { email });

describe('a password is refused', () => {
  it.each<[string, string, string]>([
    ['too short', 'xK9#mQ2$vL5', 'has 11 characters; at least 12'],
    ['too long', 'xK9#mQ2$vL5n'.repeat(22), 'has 264 characters; at most 256'],
    ['short in characters, though not in units', '😀'.repeat(11), 'has 11 characters'],
    ['one character again and again', 'aaaaaaaaaaaaaaaa', 'fewer than 5 different'],
    ['two of them', 'abababababab', 'fewer than 5 different'],
    ['a common word and a date', 'Password2026!', 'many people choose'],
    ['the same, as people disguise it', 'P@ssw0rd2026', 'many people choose'],
    ['the same, with l for 1', 'we1come-we1come', 'many people choose'],
    ['a common word twice', 'password password', 'many people choose'],
    ['a common word thrice', 'LetmeinLetmeinLetmein', 'many people choose'],
    ['two common words', 'Summer2025winter', 'many people choose'],
    ['a phrase that everybody has read', 'correct horse battery staple', 'many people choose'],
    ['a row of the keyboard', 'qwertyuiop123', 'along the keyboard'],
    ['a row of it backwards', '0987654321poiuytrewq', 'along the keyboard'],
    ['columns of it', '1qaz2wsx3edc', 'along the keyboard'],
    ['the alphabet', 'ABCDEFGHIJKLM', 'along the keyboard'],
    ['a common word and a row', 'admin1234567890', 'many people choose'],
    ['the address', email, 'e-mail address'],
    ['its parts and a number', 'SmithAnn2026!', 'e-mail address'],
    ['the name of the product', 'Headgate-2026', "product's name"],
  ])('%s', (_name, password, says) => {
    expect(fault(password)).toContain(says);
    expect(fault(password)).not.toContain(password);
  });

  it('by what it looks like, however it was typed', () => {
    expect(fault('ｐａｓｓｗｏｒｄ１２３４')).toContain('many people choose');
  });
});

describe('a password is taken', () => {
  it.each([
    'purple tractor lemon sky',
    'xK9#mQ2$vL5n',
    '839201748563',
    'aslan 7 drove the old tram',
    'Zürich liegt am See',
    'кошка спит на окне',
    '猫は窓辺で静かに眠っています',
    '😀🚲🌧📎🧊🪀🎷🧲🦔🪁🧵🍋',
    'password but nobody guesses this rest',
    'xK9#mQ2$vL5n'.repeat(21),
  ])('%s', (password) => {
    expect(fault(password)).toBeUndefined();
  });
});
