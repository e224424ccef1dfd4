import { describe, expect, it } from '@jest/globals';
import { publicUrlOf } from '../../../lambdas/http/public-url.ts';
import { apiEvent } from '../../support/api-call.ts';

const at = (headers: Record<string, string>, path = '/v1/sinks', whole = path) =>
  publicUrlOf(apiEvent('GET', path, { headers, contextPath: whole }), undefined);

describe('the address in ingest_endpoint', () => {
  it.each([
    [{ host: '127.0.0.1:8080' }, 'http://127.0.0.1:8080'],
    [{ Host: 'ingest.example.com', 'X-Forwarded-Proto': 'https' }, 'https://ingest.example.com'],
    [{ host: 'a.example.com', 'x-forwarded-proto': 'https,http' }, 'https://a.example.com'],
    [{ host: '[::1]:8080' }, 'http://[::1]:8080'],
    [{ host: 'a.example.com', 'x-forwarded-proto': 'gopher' }, 'http://a.example.com'],
    [{ host: 'evil.example/x?y=' }, ''],
    [{ host: 'a b' }, ''],
    [{}, ''],
  ])('follows %j', (headers, url) => {
    expect(at(headers)).toBe(url);
  });

  it('keeps the stage of a REST API', () => {
    const headers = { Host: 'x1.execute-api.eu-west-1.amazonaws.com', 'X-Forwarded-Proto': 'https' };
    expect(at(headers, '/v1/sinks', '/dev/v1/sinks')).toBe('https://x1.execute-api.eu-west-1.amazonaws.com/dev');
    expect(at(headers, '/v1/sinks', '/elsewhere')).toBe('https://x1.execute-api.eu-west-1.amazonaws.com');
  });

  it('is the configured one where there is one', () => {
    const event = apiEvent('GET', '/v1/sinks', { headers: { host: 'other' } });
    expect(publicUrlOf(event, 'https://ingest.example.com/base/')).toBe('https://ingest.example.com/base');
  });
});
