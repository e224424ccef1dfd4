import { tryCommand } from './run-command.ts';

/** Runs a program briefly to learn what it is; undefined when there is none. */
export type ProgramProbe = (
  command: string,
  args: readonly string[],
) => Promise<{ readonly code: number | null; readonly output: string } | undefined>;

/** A program that says what it is needs much less; the rest is for a machine that does other work. */
const timeoutMs = 30_000;

/** Runs the program on this machine. */
export const probeProgram: ProgramProbe = (command, args) => tryCommand(command, args, { timeoutMs });

/** Something that host mode needs is not on this machine; the message says what was found and what to do. */
export class MissingProgram extends Error {
  override readonly name = 'MissingProgram';
}
