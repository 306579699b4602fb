import fc from 'fast-check';

/** The same examples each time, so that a red test means a change. `npm run properties` draws new ones, and many more. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 942_100 });
