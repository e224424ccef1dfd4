/**
 * What people choose when they are asked for twelve characters: the words that lists of leaked passwords are made of, and
 * whole phrases of that length. Ours are few because most passwords on such lists are shorter than ours may be; what
 * people add to reach the length (figures, signs, the same again, letters written as figures) is taken off by
 * `password-rules.ts` before it looks here. Lower case, without spaces.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `abc access account admin administrator adminadmin amazing angel apple april asdf august autumn azure baby backup banana
  baseball basketball batman bitcoin blink butterfly cat changeit changeme changethis charlie cheese chocolate christmas
  cisco cloud coffee computer cookie customer daniel data database december default demo dragon docker elasticsearch
  enter example facebook february flower football forever freedom friday friends fuckyou gandalf george ginger google
  guest hannah happy harley hello hellothere hunter iloveu iloveyou internet january jennifer jessica jordan july june
  justin kafka killer kubernetes letmein liverpool login london love loveyou manager march master matrix michael michelle
  minecraft monday monkey mustang mypassword mysecret mysql naruto nicole november october office oracle orange pass
  passcode passphrase password passwort password postgres postgresql princess private qazwsx qwer qwerty qwertyui
  qwertyuiop redis robert root samsung saturday secret security september server service shadow snoopy soccer spring
  startrek starwars summer sunday sunshine superman superuser support sysadmin system temp temporary test tester testing
  thomas thursday toor trustno tuesday user username wednesday welcome welcometo whatever william winter windows yourpassword`.split(
    /\s+/,
  ),
);

/** Phrases that are on the lists as they are, or that everybody has read somewhere. */
export const commonPhrases: ReadonlySet<string> = new Set(
  `correcthorsebatterystaple thequickbrownfox iloveyouforever iloveyousomuch nevergiveup opensesame letmeinplease
  passwordispassword thisismypassword thisisapassword mypasswordis mysecretpassword mynameis whatisthis
  idontknowit jesuschrist jesusislord iamthebest manchesterunited realmadrid iwillsurvive tobeornottobe
  maytheforcebewithyou winteriscoming onetwothreefour changemeplease pleasechangeme changemenow notapassword
  supersecretpassword verysecurepassword securepassword strongpassword administratorpassword adminpassword
  rootpassword databasepassword defaultpassword temporarypassword testpassword userpassword passwordadmin`.split(/\s+/),
);
