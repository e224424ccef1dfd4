import { describe, expect, it } from '@jest/globals';
import { apiSuite } from './api-suite.ts';
import { boundsSuite } from './bounds-suite.ts';
import { functionsSuite } from './functions-suite.ts';
import { ingestSuite } from './ingest-suite.ts';
import { storageSuite } from './storage-suite.ts';
import { synthesize } from './templates.ts';

const variants = synthesize({
  dev: { stage: 'dev' },
  prod: { stage: 'prod' },
  web: { stage: 'dev', corsOrigins: 'https://a.example.com', apiLogRole: 'account' },
});

describe('storage stack', () => storageSuite(variants));
describe('ingest stack', () => ingestSuite(variants));
describe('functions', () => functionsSuite(variants));
describe('api stack', () => apiSuite(variants));
describe('bounds', () => boundsSuite(variants));

/** What a change of the code changes in an account is read here, before it is deployed. */
describe('templates of dev', () => {
  it.each(['Storage', 'Ingest', 'Api'] as const)('%s is as it was', (stack) => {
    const { Resources, Outputs } = variants.dev[stack];
    expect(withoutHashes({ Resources, Outputs })).toMatchSnapshot();
  });
});

/** Names of assets change with every line of code; the name of an API deployment with every method. */
function withoutHashes(value: object): unknown {
  const text = JSON.stringify(value)
    .replaceAll(/[0-9a-f]{64}\.zip/g, '<asset>.zip')
    .replaceAll(/(HttpApiDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>');
  return JSON.parse(text);
}
