// For every unit test: CI tries the same random values in each run, so that a change fails for its own reasons. Runs by hand and at night
// try new values; a failure prints its seed.
import fc from 'fast-check';

if (process.env['CI'] !== undefined && process.env['IRQSCOPE_NIGHTLY'] === undefined)
  fc.configureGlobal({ seed: 20_230_419 });
