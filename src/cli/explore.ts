// `irqscope explore`: tries every script over a small alphabet, shortest first, until one answers the question.

import { grouped } from '../base/grouped.ts';
import type { Answer } from '../explore/problem.ts';
import { QUESTIONS } from '../explore/questions.ts';
import { explore } from '../explore/search.ts';
import { type AskedSearch, problemOf } from '../explore/setUp.ts';
import { printScript } from '../formats/notation/print.ts';
import { printOp } from '../formats/notation/printOp.ts';
import type { Line } from '../kernel/line.ts';
import { perStateText } from '../views/explore/figures.ts';
import { wrongUse } from './arguments.ts';
import { LIST, parseExplore } from './exploreArguments.ts';
import { exploreHelp } from './exploreHelp.ts';
import { exportCommand } from './export.ts';

/**
 * Searches and prints the answer. Returns 0 for "found" and for a proof, 1 when a limit ended the search, 2 for wrong use, and 3
 * when the question cannot happen with these operations, which no script should take for a proof.
 */
export function exploreCommand(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(exploreHelp());
    return 0;
  }
  const parsed = parseExplore(args);
  if (!parsed.ok) return wrongUse(parsed);
  if (parsed.value === LIST) {
    const width = Math.max(...QUESTIONS.map(({ id }) => id.length));
    for (const { id, title } of QUESTIONS) process.stdout.write(`${id.padEnd(width)}  ${title}\n`);
    return 0;
  }
  const asked = parsed.value;
  const made = problemOf(asked.search);
  if (!made.ok) return wrongUse(made);
  const { problem, setUp } = made.value;
  if (asked.exportAs !== null) return exportCommand(asked.exportAs, asked.out, problem);
  const begin = performance.now();
  const answer = lastOf(explore(problem));
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(asked.json ? answerJson(answer) : answerText(asked.search, setUp, answer, seconds));
  return STATUS[answer.verdict];
}

function lastOf<T>(search: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/**
 * Returns the answer as one line of JSON. `script` has the lines in notation, without those that open its eventfds; `missing`
 * is present with `cannot-happen` only.
 */
function answerJson({ verdict, states, transitions, depth, script, missing }: Answer): string {
  const lines = script === null ? null : script.map(({ op }) => printOp(op));
  const reason = missing === null ? {} : { missing };
  return `${JSON.stringify({ verdict, states, transitions, depth, script: lines, ...reason })}\n`;
}

const STATUS = { found: 0, exhausted: 0, bounded: 1, 'cannot-happen': 3 } as const;

/** Returns the answer as a phrase. A question without a predicate only counts states. */
function verdictText({ verdict, found, missing, states }: Answer, { question }: AskedSearch): string {
  switch (verdict) {
    case 'found':
      return `found: ${found ?? ''}`;
    case 'exhausted': {
      if (question.sides === 1 && question.where === null) return `all ${states} states counted`;
      const what = question.sides === 2 ? 'pairs of states' : 'states';
      return `proven impossible: all ${states} reachable ${what} examined`;
    }
    case 'bounded':
      return 'limit reached: nothing found so far';
    case 'cannot-happen':
      return `cannot happen with these operations: ${missing ?? ''}`;
  }
}

/** Returns the answer for people; a script comes with its device and eventfds, so that `replay` can read it. */
function answerText(asked: AskedSearch, setUp: readonly Line[], answer: Answer, seconds: number): string {
  const { states, transitions, depth, script, bytes } = answer;
  const [{ device }] = asked.sides;
  const rate = grouped(Math.round(transitions / seconds));
  const figures = `states ${states}, transitions ${transitions}, depth ${depth}, ${seconds.toFixed(2)} s, ${rate} transitions/s, ${(bytes / 1e6).toFixed(1)} MB, ${perStateText(bytes, states)}`;
  const lines = [
    asked.question.title,
    verdictText(answer, asked),
    ...(answer.verdict === 'cannot-happen' ? [] : [figures]),
  ];
  if (script !== null) {
    const text = printScript({
      device,
      lines: [...setUp, ...script].map((line) => ({ line, action: '', note: '', disabled: false })),
    });
    lines.push('', text.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}
