// A review in sentences: the headline, one line per answer, the table of costs, and the whole as text.

import type { Condition, Respect } from '../../explore/review/conditions.ts';
import type { Cost, CostRow } from '../../explore/review/costs.ts';
import type { Review, ReviewAnswer, ReviewScript } from '../../explore/review/review.ts';
import { counted } from '../../text/numbers.ts';
import {
  conditionName,
  differenceText,
  differingThing,
  notAskedText,
  operationsText,
  RESPECTS,
  respectName,
  resultClause,
  shortResult,
  stepText,
  unaskedText,
} from './words.ts';

function answerOf(
  { answers }: Review,
  kind: Condition['kind'],
  respect: Respect,
  is: (condition: Condition) => boolean = () => true,
): ReviewAnswer | undefined {
  return answers.find((one) => one.condition.kind === kind && one.respect === respect && is(one.condition));
}

const FATES = { signalled: 'signalled', pending: 'pending', lost: 'lost', refused: 'not raised' } as const;

/** Returns a find in few words: `0 against ENOSPC`, `msi_irqs differs after 3 lines` or `lost only in 6.12`. */
export function foundShort({ results, differences, lines }: ReviewScript, names: Review['names']): string {
  const [first] = differences;
  if (first?.kind === 'fate') return `${FATES[first.fate.kind]} only in ${names[first.side]}`;
  if (first === undefined) return '';
  if (first.kind === 'result') return `${shortResult(results[0])} against ${shortResult(results[1])}`;
  return `${differingThing(first)} differs after ${counted(lines.length, 'line')}`;
}

/** Returns the answers of one condition in few words; `none` only where every search examined all states. */
function shortAnswer(
  { names }: Pick<Review, 'names'>,
  answers: readonly (ReviewAnswer | undefined)[],
): string {
  const known = answers.flatMap((answer) => answer ?? []);
  const found = known.flatMap(({ ending }) =>
    ending.verdict === 'found' && !ending.asUsual ? [ending.script] : [],
  );
  const [first] = found;
  if (first !== undefined) return foundShort(first, names);
  const cut = known.filter(({ ending }) => ending.verdict === 'bounded');
  if (cut.length > 0) return `none in ${counted(Math.max(...cut.map(({ states }) => states)), 'state')}`;
  if (known.every(({ ending }) => ending.verdict === 'not-asked')) return 'not asked';
  return known.some(({ ending }) => ending.verdict === 'found') ? 'nothing further' : 'none';
}

function usualClient({ names }: Review, answer: ReviewAnswer | undefined): string {
  if (answer === undefined) return '';
  const { ending, states } = answer;
  if (ending.verdict !== 'found') {
    const many =
      ending.verdict === 'bounded' ? `the first ${counted(states, 'state')}` : counted(states, 'state');
    return `no ioctl result or signal differs (${many})`;
  }
  const [first] = ending.script.differences;
  const what = first === undefined ? '' : differingThing(first);
  const results = first?.kind === 'result' ? `: ${foundShort(ending.script, names)}` : '';
  return `${what} differs after ${counted(ending.script.lines.length, 'line')}${results}`;
}

function usualHost(review: Review, answer: ReviewAnswer | undefined): string {
  const short = shortAnswer(review, [answer]);
  return answer?.ending.verdict === 'found' ? short : `msi_irqs and /proc/interrupts: ${short}`;
}

/** The mildest shortage of irqs that a client sees; else all of them. */
function shortage(review: Review): string {
  const clients = review.answers.filter(
    ({ condition, respect }) => condition.kind === 'irqs' && respect === 'client',
  );
  const worst = clients.findLast(({ ending }) => ending.verdict === 'found' && !ending.asUsual);
  if (worst !== undefined) return `${conditionName(worst.condition)}: ${shortAnswer(review, [worst])}`;
  const all = review.answers.filter(({ condition }) => condition.kind === 'irqs');
  return `host short of irqs: ${shortAnswer(review, all)}`;
}

/** Returns the first sentence, in the form `no ioctl result or signal differs (724 states); msi_irqs differs after 3 lines; …`. */
export function headline(review: Review): string {
  const two = (kind: Condition['kind']) => [answerOf(review, kind, 'client'), answerOf(review, kind, 'host')];
  return [
    usualClient(review, answerOf(review, 'usual', 'client')),
    usualHost(review, answerOf(review, 'usual', 'host')),
    `MSI: ${shortAnswer(review, two('msi'))}`,
    `no dynamic allocation: ${shortAnswer(review, two('no-dynamic'))}`,
    shortage(review),
  ].join('; ');
}

/** Returns the second sentence: failures and interrupts inside an ioctl. */
export function secondLine(review: Review): string {
  const faults = review.answers.filter(({ condition }) => condition.kind === 'fault');
  const sites = faults.filter(({ ending }) => ending.verdict === 'found' && !ending.asUsual);
  // a client's find first; root sees the same failure
  const named = new Map<string, string>();
  for (const answer of [...sites].sort(
    (a, b) => Number(b.respect === 'client') - Number(a.respect === 'client'),
  )) {
    const name = conditionName(answer.condition);
    if (!named.has(name)) named.set(name, shortAnswer(review, [answer]));
  }
  const inside = (['msix', 'msi'] as const).map((mode) => {
    const answer = answerOf(review, 'inside', 'client', (one) => one.kind === 'inside' && one.mode === mode);
    return answer === undefined ? '' : `${conditionName(answer.condition)}: ${shortAnswer(review, [answer])}`;
  });
  const failures = [...named].map(([name, short]) => `${name}: ${short}`);
  return [
    ...(failures.length === 0 ? [`an injected failure: ${shortAnswer(review, faults)}`] : failures),
    ...inside,
  ].join('; ');
}

/** One answer as a person reads it. */
export interface AnswerRow {
  readonly condition: string;
  readonly respect: string;
  readonly operations: string;
  /** Decided by data, for a mark. */
  readonly verdict: ReviewAnswer['ending']['verdict'];
  readonly text: string;
  /** Null without a script. */
  readonly script: ReviewScript | null;
  /** The script is that of the usual host. */
  readonly repeated: boolean;
}

/** Returns the rows in the order of the searches. */
export function answerRows({ answers, names }: Review): readonly AnswerRow[] {
  return answers.map((answer) => ({
    condition: conditionName(answer.condition),
    respect: respectName(answer.respect),
    operations: operationsText(answer),
    verdict: answer.ending.verdict,
    text: endingText(answer, names),
    script: answer.ending.verdict === 'found' ? answer.ending.script : null,
    repeated: answer.ending.verdict === 'found' && answer.ending.asUsual,
  }));
}

function endingText({ ending, states }: ReviewAnswer, names: Review['names']): string {
  switch (ending.verdict) {
    case 'none':
      return `No difference, ${counted(states, 'state')}: all that these operations reach.`;
    case 'bounded':
      return `No difference in ${counted(states, 'state')}; the limit left further states unexamined.`;
    case 'not-asked':
      return `Cannot be asked: ${notAskedText(ending.reason)}.`;
    case 'found': {
      const { differences, lines } = ending.script;
      const what = differences.map((one) => differenceText(one, names)).join(' ');
      const last = lastResult(ending.script, names);
      const usual = ending.asUsual ? ' The same script and difference as on the usual host.' : '';
      return `After ${counted(lines.length, 'line')}: ${what}${last}${usual}`;
    }
  }
}

/** The results of the last line, where the difference is another one. */
function lastResult({ results, differences }: ReviewScript, names: Review['names']): string {
  if (differences.some(({ kind }) => kind === 'result')) return '';
  const [a, b] = results.map(resultClause);
  return a === b
    ? ` The last line ${a} in both.`
    : ` The last line ${a} in ${names[0]} and ${b} in ${names[1]}.`;
}

/** The columns of the costs. */
export const COST_COLUMNS = [
  { name: 'result', about: 'of the ioctl' },
  { name: 'irqs held', about: 'irqs that stay allocated after the ioctl' },
  { name: 'attached', about: 'vectors with a handler after the ioctl' },
  { name: 'windows', about: 'vectors without a handler between free_irq and request_irq of the ioctl' },
  {
    name: 'losing',
    about: 'windows in which an interrupt is lost; in others it is delivered at the end of the window',
  },
  { name: 'calls', about: 'kernel calls of the ioctl that the model has' },
] as const;

/** One row of costs. */
export interface CostCells {
  readonly step: string;
  /** One text for each column; equal costs are said once. */
  readonly cells: readonly { readonly text: string; readonly differs: boolean }[];
}

/** Returns the rows of the costs. */
export function costRows(costs: readonly CostRow[]): readonly CostCells[] {
  return costs.map(({ mode, step, of: [a, b] }) => {
    const [inA, inB] = [cellsOf(a), cellsOf(b)];
    return {
      step: `${mode === 'msix' ? 'MSI-X' : 'MSI'}: ${stepText(step)}`,
      cells: inA.map((text, at) => {
        const differs = text !== inB[at];
        return { text: differs ? `${text} / ${inB[at]}` : text, differs };
      }),
    };
  });
}

function cellsOf({ result, held, attached, windows, losing, calls }: Cost): readonly string[] {
  return [shortResult(result), ...[held, attached, windows, losing, calls].map(String)];
}

/** Returns the operations that no search has, as a sentence. */
export function unaskedSentence({ unasked }: Review): string {
  return `No search has these operations, so nothing is said about them: ${unasked.map(unaskedText).join('; ')}. Nor about more vectors, longer blocks, more than one failure or interrupt in a line, irq numbers, and whether /proc/irq/N exists for an irq whose first handler one ioctl both installs and removes.`;
}

/** Returns the whole review as text. `notation` prints a script. */
export function reviewText(review: Review, notation: (script: ReviewScript) => string): string {
  const { names, costs } = review;
  const lines = [
    `${names[0]} against ${names[1]}`,
    '',
    `${headline(review)}.`,
    `${secondLine(review)}.`,
    '',
    ...RESPECTS.map(({ name, about }) => `${name}: ${about}`),
    'states: pairs of states, one of each kernel.',
    '',
  ];
  let before = '';
  for (const { condition, respect, operations, text, script, repeated } of answerRows(review)) {
    if (condition !== before) lines.push(`${condition} (${operations})`);
    before = condition;
    lines.push(`  ${respect}: ${text}`);
    if (script !== null && !repeated)
      lines.push(
        ...notation(script)
          .trimEnd()
          .split('\n')
          .map((line) => `      ${line}`),
      );
  }
  lines.push('', unaskedSentence(review), '', `Costs, ${names[0]} / ${names[1]} where they differ`);
  lines.push(
    ...table([
      ['', ...COST_COLUMNS.map(({ name }) => name)],
      ...costRows(costs).map(({ step, cells }) => [step, ...cells.map(({ text }) => text)]),
    ]),
  );
  lines.push('', 'By the model, which is checked against recordings; no kernel has run these scripts.');
  return `${lines.join('\n')}\n`;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
