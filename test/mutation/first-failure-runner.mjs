import TestRunner from 'jest-runner';

/**
 * Runs the files of tests one after the other, first those that are named as the mutated file or its folder, last those of
 * properties, and none after the first that fails: one failure is enough to kill a mutant, and Stryker does not let
 * jest's own `bail` through.
 */
export default class FirstFailureRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    this.on('test-file-success', ([, { numFailingTests }]) => {
      if (numFailingTests > 0) watcher.setState({ interrupted: true });
    });
    this.on('test-file-failure', () => watcher.setState({ interrupted: true }));
    // Stryker asks for the tests that are related to the one file that it mutates.
    const [mutated = ''] = this._globalConfig.nonFlagArgs;
    const rank = ({ path }) => rankOf(path, mutated);
    await super.runTests(
      tests.toSorted((a, b) => rank(a) - rank(b)),
      watcher,
      options,
    );
  }
}

function rankOf(path, mutated) {
  const [file, folder] = mutated.split('/').reverse();
  const name = path.split('/').at(-1).replace('.test.ts', '');
  if (file === `${name}.ts`) return 0;
  if (folder !== undefined && name.startsWith(folder)) return 1;
  return path.includes('/property/') ? 3 : 2;
}
