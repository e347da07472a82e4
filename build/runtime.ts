// The runtime of the page's components. The source is written against React's interface, with React's types, and the build puts Preact
// in the place of React: the first load has 60 kB (gzip) less. Component tests run on Preact too.
// React itself remains a tool: the bench's empty application uses it.

import { fileURLToPath } from 'node:url';

// Its package's main file calls `require`, which no alias reaches.
const testingLibrary = '../node_modules/@testing-library/react/dist/@testing-library/react.esm.js';

/** The modules that stand in for React's, for `resolve.alias`. */
export const preactForReact = [
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react-dom\/test-utils$/, replacement: 'preact/test-utils' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react$/, replacement: 'preact/compat' },
  {
    find: /^@testing-library\/react$/,
    replacement: fileURLToPath(new URL(testingLibrary, import.meta.url)),
  },
];

/** The packages that import React and that the unit tests must compile, so that they get Preact. */
export const compiledForTests = ['@testing-library/react', 'zustand'];
