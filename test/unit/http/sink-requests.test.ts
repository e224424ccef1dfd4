import { describe, expect, it } from '@jest/globals';
import type { V1CreateSinkBody, V2CreateSinkBody } from '../../../lambdas/generated/request-bodies.ts';
import { sinkRequestOf as readV1 } from '../../../lambdas/http/dialects/v1/sink.ts';
import { sinkRequestOf as readV2 } from '../../../lambdas/http/dialects/v2/sink.ts';
import { problemOf } from '../../support/problem-of.ts';

type V1Schema = V1CreateSinkBody['schema'];
const details = { deployment_id: 'd', table: 't' };
const v1Body = (
  schema: Partial<V1Schema>,
  sink_details: V1CreateSinkBody['sink_details'] = details,
): V1CreateSinkBody => ({
  name: 's',
  sink_details,
  schema: { id_field: 'id', allow_missing_fields: true, definition: [], ...schema },
});
const v1Field = (type: string, config?: object) =>
  readV1(v1Body({ definition: [{ name: 'f', type, ...(config && { config }) }] }));

describe('sinks of /v1', () => {
  it('carry types, and paths that are the name where none is given', () => {
    const schema: V1Schema = {
      type: 'json',
      id_field: 'id',
      primary_key_fields: null,
      allow_missing_fields: false,
      definition: [
        { name: 'id', path: ['data', 'id'], type: 'id', config: { Mutex: false } },
        { name: 'tags', type: 'string' },
        { name: 'price', path: null, type: 'decimal', config: null },
      ],
    };
    expect(readV1({ name: 's', sink_details: details, schema })).toEqual({
      databaseId: 'd',
      tableName: 't',
      name: 's',
      nameDialect: 'v1',
      schema,
      key: { kind: 'id', field: 'id' },
      items: [
        { name: 'id', path: ['data', 'id'], type: { type: 'idset' }, readAs: { oneMember: true } },
        { name: 'tags', path: ['tags'], type: { type: 'stringset' }, readAs: { oneMember: true } },
        { name: 'price', path: ['price'], type: { type: 'decimal', scale: 0 } },
      ],
      allowMissingFields: false,
      partialAcceptance: false,
      createColumns: true,
    });
  });

  it.each([
    [{ deployment_id: 'd', table: 't' }],
    [{ database_id: 'd', table: 't' }],
    [{ deployment_id: 'd', database_id: 'd', table: 't' }],
    [{ deployment_id: null, database_id: 'd', table: 't' }],
  ])('find their database in %j', (sink_details) => {
    expect(readV1(v1Body({}, sink_details)).databaseId).toBe('d');
  });

  it('take one recordTime as the time of the record', () => {
    const definition = [
      { name: 'at', path: ['data', 'at'], type: 'recordTime' },
      { name: 'tags', type: 'strings', config: { Quantum: 'YMD' } },
    ];
    expect(readV1(v1Body({ definition }))).toMatchObject({
      timeQuantum: { path: ['data', 'at'] },
      items: [{ name: 'tags', type: { type: 'stringsetq', quantum: 'YMD' } }],
    });
  });

  it.each([
    [
      'neither deployment_id nor database_id',
      () => readV1(v1Body({}, { table: 't' })),
      'missing_parameter',
      'deployment_id',
    ],
    [
      'two ids that differ',
      () => readV1(v1Body({}, { ...details, database_id: 'x' })),
      'invalid_parameter',
      'database_id',
    ],
    ['both ways to name rows', () => readV1(v1Body({ primary_key_fields: ['a'] })), 'invalid_parameter', 'both'],
    ['no way to name rows', () => readV1(v1Body({ id_field: null })), 'missing_parameter', 'neither'],
    [
      'an empty list of keys',
      () => readV1(v1Body({ id_field: null, primary_key_fields: [] })),
      'missing_parameter',
      'neither',
    ],
    [
      'a type that is none',
      () => v1Field('float'),
      'invalid_parameter',
      'failed to initialize schema for field f: unsupported type "float"',
    ],
    ['a type in another case', () => v1Field('String'), 'invalid_parameter', 'unsupported type "String"'],
    ['Max without Min', () => v1Field('int', { Max: 5 }), 'invalid_parameter', 'Max is there without Min'],
    [
      'two recordTimes',
      () => readV1(v1Body({ definition: ['a', 'b'].map((name) => ({ name, type: 'recordTime' })) })),
      'invalid_parameter',
      'definition[1]',
    ],
  ])('refuse %s', async (_name, read, kind, says) => {
    expect(await problemOf(read)).toMatchObject({ kind, message: expect.stringContaining(says) });
  });

  it('echo whole numbers beyond 2^53 as text that a create takes back', () => {
    const config = { min: -9_223_372_036_854_775_808n, MAX: 7 };
    const { schema, items } = v1Field('int', config);
    expect(schema).toMatchObject({ definition: [{ config: { min: '-9223372036854775808', MAX: 7 } }] });
    expect(readV1(v1Body(schema as V1Schema)).items).toEqual(items);
  });
});

describe('sinks of /v2', () => {
  const body = (schema: Partial<V2CreateSinkBody['schema']>): V2CreateSinkBody => ({
    name: 's',
    sink_details: { database_id: 'd', table: 't' },
    schema: { id_field: '_id', allow_missing_fields: true, definition: [], ...schema },
  });

  it('map paths to columns, whatever types the client sends', () => {
    const definition = [
      { name: '_id', path: ['d'], type: 'string', config: { Mutex: true } },
      { name: 'd', path: ['d'] },
      { name: 'e' },
      { name: '_timeQuantum', path: ['at'] },
    ];
    expect(readV2(body({ definition }))).toEqual({
      databaseId: 'd',
      tableName: 't',
      name: 's',
      nameDialect: 'v2',
      schema: { id_field: '_id', allow_missing_fields: true, definition },
      key: { kind: 'id', field: '_id' },
      items: [
        { name: '_id', path: ['d'] },
        { name: 'd', path: ['d'] },
        { name: 'e', path: ['e'] },
        { name: '_timeQuantum', path: ['at'] },
      ],
      allowMissingFields: true,
      partialAcceptance: false,
      createColumns: false,
    });
  });

  it.each([true, false])('take requests in part if asked to, in both dialects: %s', (partial) => {
    const schema = { allow_missing_fields: false, partial_acceptance: partial };
    for (const read of [readV2(body(schema)), readV1(v1Body(schema))]) {
      expect(read).toMatchObject({ partialAcceptance: partial, schema });
    }
  });

  it('are named by primary_key_fields as well', () => {
    expect(readV2(body({ id_field: null, primary_key_fields: ['_id'] })).key).toEqual({
      kind: 'fields',
      fields: ['_id'],
    });
  });
});
