import { describe, expect, it } from '@jest/globals';
import { databaseShapes, deploymentShapes, isShape, shapeForms } from '../../lambdas/domain/shapes.ts';

describe('shapes', () => {
  it.each([...databaseShapes, ...deploymentShapes])('$name is one', ({ name, memoryGigabytes }) => {
    expect(isShape(name)).toBe(true);
    expect(name.startsWith(`${memoryGigabytes}GB`)).toBe(true);
    expect(shapeForms).toContain(`${memoryGigabytes}GB`);
  });

  it('are listed once each, by what the documents of the original say of them', () => {
    const names = [...databaseShapes, ...deploymentShapes].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(databaseShapes.filter(({ environment }) => environment === 'development')).toEqual([
      { name: '8GB-Development', memoryGigabytes: 8, volumeGigabytes: 32, vcpus: 2, environment: 'development' },
      { name: '64GB-Development', memoryGigabytes: 64, volumeGigabytes: 64, vcpus: 16, environment: 'development' },
    ]);
    expect(databaseShapes.at(-1)).toMatchObject({ name: '2048GB-Production', volumeGigabytes: 10_000, vcpus: 576 });
  });

  it.each([
    '8GB',
    '32GB',
    '32GB prod',
    '64gb-development',
    '2048GB-PRODUCTION',
    '128GB dev',
    '8gb',
    '512GB Production',
  ])('%j is taken', (text) => {
    expect(isShape(text)).toBe(true);
  });

  it.each([
    '',
    '8',
    'GB',
    '7GB',
    '8 GB',
    '8GB-',
    ' 8GB',
    '8GB ',
    '8GB-Test',
    '8GB--prod',
    '8GB-prod-dev',
    '80GB',
    '08GB',
  ])('%j is none', (text) => {
    expect(isShape(text)).toBe(false);
  });
});
