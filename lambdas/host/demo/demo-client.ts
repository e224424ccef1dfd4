/** The little HTTP that the demo needs: JSON in, JSON out, and an error that shows the answer. */
export interface DemoClient {
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export function makeDemoClient(url: string, token: string): DemoClient {
  return {
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return JSON.parse(text) as T;
    },
  };
}
