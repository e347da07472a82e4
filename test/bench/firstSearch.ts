// Prints the processor time of a search in seconds: the first one of this process, during which V8 compiles.
// Arguments: the index of its kind, and the number of vectors.

import { KINDS, spinProblem, timedSearch } from './spinProblems.ts';

const [kind, vectors] = process.argv.slice(2).map(Number);
const { seconds } = timedSearch(spinProblem(KINDS[kind ?? 0] ?? 'one kernel', vectors ?? 0));
process.stdout.write(`${seconds}\n`);
