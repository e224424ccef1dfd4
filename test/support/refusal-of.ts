/** The problem that a call is refused with, as far as tests care; a call that is not refused fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<{ kind: string; message: string }> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`not refused: ${JSON.stringify(outcome.value)}`);
  const { kind, message } = outcome.error as { kind: string; message: string };
  if (kind === undefined) throw outcome.error;
  return { kind, message };
}
