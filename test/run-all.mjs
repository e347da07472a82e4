// `npm test`: runs all checks in turn and prints the time of each. It continues after a failure, so that one run shows all
// failures, and exits with 1 if any check failed. The last line contains the total of all tests.
// `npm run test:nightly`: runs the journeys that take minutes (tag `@nightly`) and the bench in the same way, and compiles the exported
// fixtures against the kernel tree in the folder IRQSCOPE_LINUX.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../', import.meta.url));
const unitReport = `${top}.cache/unit.json`;
const e2eReport = `${top}.cache/e2e.json`;

/**
 * @typedef {{ passed: number, failed: number, skipped: number, retried?: string[] }} Counts
 * @typedef {{ name: string, command: string[], report?: string, count?: (json: any) => Counts }} Stage
 */

/** @type {Stage} */
const e2e = {
  name: 'e2e',
  command: ['npm', 'run', '--silent', 'test:e2e'],
  report: e2eReport,
  // Only CI tries a failed test again (see playwright.config.ts); a test that passes then is named at the end.
  count: ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    retried: retriedIn(suites),
  }),
};

/**
 * Names the tests of Playwright's report that passed only at the second try.
 * @param {readonly any[]} suites
 * @returns {string[]}
 */
function retriedIn(suites) {
  return suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...specs
      .filter((/** @type {any} */ { tests }) =>
        tests.some((/** @type {any} */ { status }) => status === 'flaky'),
      )
      .map((/** @type {any} */ { file, line, title }) => `${file}:${line} ${title}`),
    ...retriedIn(inner),
  ]);
}

/** @type {Stage} */
const tree = {
  name: 'tree',
  command: ['npm', 'run', '--silent', 'test:unit', '--', 'test/formats/c/selftestTree.test.ts'],
};

/** @type {Stage[]} */
const nightly = [
  e2e,
  // a kernel tree is a large download, so only a person who has one names it
  ...(process.env['IRQSCOPE_LINUX'] === undefined ? [] : [tree]),
  { name: 'bench', command: ['npm', 'run', '--silent', 'bench'] },
];

/** @type {Stage[]} */
const daily = [
  { name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'deadcode', command: ['npm', 'run', '--silent', 'deadcode'] },
  { name: 'dup', command: ['npm', 'run', '--silent', 'dup'] },
  {
    name: 'unit',
    command: [
      ...['npm', 'run', '--silent', 'test:unit', '--'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    ],
    report: unitReport,
    count: (json) => ({
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + json.numTodoTests,
    }),
  },
  { name: 'chromium', command: ['node', 'test/e2e/chromium.mjs'] },
  e2e,
];

const isNightly = process.argv[2] === 'nightly';
const stages = isNightly ? nightly : daily;
if (isNightly) process.env['IRQSCOPE_NIGHTLY'] = '1';

/** @param {string[]} command */
function run([program = '', ...args]) {
  return spawnSync(program, args, { cwd: top, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** @param {number} start */
const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

if (!existsSync(`${top}node_modules`)) {
  console.log('── npm ci');
  if (!run(['npm', 'ci'])) process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const retried = [];
/** @type {string[]} */
const summary = [];
const begin = performance.now();
for (const { name, command, report, count } of stages) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  // The report of an earlier run must not be counted.
  if (report) rmSync(report, { force: true });
  const ok = run(command);
  const counts =
    report && count && existsSync(report)
      ? count(JSON.parse(readFileSync(report, 'utf8')))
      : { passed: 0, failed: 0, skipped: 0 };
  // A stage without a failing test that still fails (a type error, a crash, no tests) counts as one failure.
  if ((!ok && counts.failed === 0) || (ok && count && counts.passed === 0)) counts.failed = 1;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  retried.push(...(counts.retried ?? []));
  summary.push(`${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${secondsSince(start)}`);
}

console.log(`\n${summary.join('\n')}\n       all        ${secondsSince(begin)}\n`);
for (const test of retried) console.log(`passed at the second try: ${test}`);
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
