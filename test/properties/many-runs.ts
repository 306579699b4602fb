import { createRequire } from 'node:module';
import type * as fastCheck from 'fast-check';

// Not by `import`, which leads here.
const given: typeof fastCheck = createRequire(import.meta.url)('fast-check');

/** So many times the examples that a test asks for. */
const factor = 20;

/** What tests import as `fast-check` under `npm run properties`. */
const fc: typeof fastCheck = {
  ...given,
  assert: ((property: fastCheck.IRawProperty<unknown>, parameters: fastCheck.Parameters<unknown> = {}) =>
    given.assert(property, {
      ...parameters,
      numRuns: (parameters.numRuns ?? given.readConfigureGlobal().numRuns ?? 100) * factor,
    })) as typeof fastCheck.assert,
};

export default fc;
