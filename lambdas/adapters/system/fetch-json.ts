/** What one answer may take. */
export interface FetchBounds {
  /** Milliseconds until the last byte is there. */
  readonly timeoutMs: number;
  readonly bytesMax: number;
}

/**
 * Reads a small JSON document. Redirects are not followed: what is trusted is the address that was configured.
 * @throws for any answer but a 200 of JSON within the bounds
 */
export async function fetchJson(url: string, { timeoutMs, bytesMax }: FetchBounds): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the answer has status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop cancels the body.
    if (bytes > bytesMax) throw new Error(`the answer has more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
