import { describe, expect, it } from '@jest/globals';
import { type Exchanged, exchangeFault, operationAt } from '../support/api-contract.ts';

const health: Exchanged = {
  method: 'GET',
  path: '/health',
  status: 200,
  contentType: 'application/json',
  text: '{"status":"ok","time_ms":1}',
};
const records: Exchanged = {
  method: 'POST',
  path: '/v2/sinks/s1',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  text: '{"success_count":1,"error_count":0,"records":[{"status":"success"}]}',
  sent: '{"records":[{"value":{}}]}',
};

describe('the contract that every test client holds answers to', () => {
  it.each([
    ['an answer as described', health],
    ['a slash at the end', { ...health, path: '/health/' }],
    ['a path that the document does not have', { ...health, path: '/nowhere', status: 500, text: '' }],
    ['a method that the document does not have', { ...health, method: 'PATCH', status: 405 }],
    ['records that were taken', records],
    [
      'records that were refused one by one',
      {
        ...records,
        sent: '{"records":[{"value":5}]}',
        text: '{"success_count":0,"error_count":1,"records":[{"status":"error","error_code":"ProvisionedThroughputExceededException","error_message":"m"}]}',
      },
    ],
  ])('finds nothing wrong with %s', (_name, exchanged) => {
    expect(exchangeFault(exchanged)).toBe('');
  });

  it.each([
    ['a status that is not listed', { ...health, status: 418 }, 'getHealth does not list status 418'],
    ['a body that lacks a field', { ...health, text: '{"status":"ok"}' }, "'time_ms'"],
    ['a body that is no JSON', { ...health, text: 'ok' }, 'must be object'],
    ['no body', { ...health, text: '' }, 'must be object'],
    ['a content type that is not listed', { ...health, contentType: 'text/html' }, 'the content type is text/html'],
    ['a request that should not have succeeded', { ...records, sent: '{"records":[{}]}' }, "'value'"],
  ])('finds %s', (_name, exchanged, words) => {
    expect(exchangeFault(exchanged)).toContain(words);
  });

  it('takes the path that is literal for longer', () => {
    expect(operationAt('GET', '/v2/users/current')?.operationId).toBe('getCurrentUser');
    expect(operationAt('POST', '/v1/tables/query')?.operationId).toBe('v1CreateTable');
    expect(operationAt('GET', '/v2/sinks//errors')).toBeUndefined();
  });
});
