import real from '../../node_modules/fast-check/lib/fast-check.js';

/** Histories a property: enough to meet what a mutant breaks. The suites of their own run ten times as many. */
const runsMax = 50;
/** Fixed, so that a mutant that lives, or dies, does so in every run. */
const seed = 20_260_803;

/** fast-check as tests import it, with few runs of one seed. */
export default {
  ...real,
  assert: (property, parameters = {}) => {
    const { numRuns = runsMax } = { ...real.readConfigureGlobal(), ...parameters };
    return real.assert(property, { seed, ...parameters, numRuns: Math.min(numRuns, runsMax) });
  },
};
