// `irqscope explore`: every script over a small alphabet, shortest first, until a question is answered.

import type { Result } from '../base/result.ts';
import { alphabetOf } from '../explore/alphabet.ts';
import type { Answer, Problem, Side } from '../explore/problem.ts';
import { QUESTIONS } from '../explore/questions.ts';
import { explore } from '../explore/search.ts';
import { printScript } from '../formats/notation/print.ts';
import { printOp } from '../formats/notation/printLine.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import { type DeviceSpec, unchangedDevice } from '../session/script.ts';
import { scriptMachine } from '../session/scriptMachine.ts';
import { wrongUse } from './arguments.ts';
import { type ExploreArguments, LIST, parseExplore } from './exploreArguments.ts';
import { exportCommand } from './export.ts';

/** Searches and prints the answer. 0 when the search ended by itself, found or not; 1 when a bound cut it. */
export function exploreCommand(args: readonly string[]): number {
  const parsed = parseExplore(args);
  if (!parsed.ok) return wrongUse(parsed);
  if (parsed.value === LIST) {
    const width = Math.max(...QUESTIONS.map(({ id }) => id.length));
    for (const { id, title } of QUESTIONS) process.stdout.write(`${id.padEnd(width)}  ${title}\n`);
    return 0;
  }
  const asked = parsed.value;
  const { setUp, lines } = alphabetOf(asked.alphabet);
  const sides: Side[] = [];
  for (const generation of asked.generations) {
    const side = sideOf(asked, generation, setUp);
    if (!side.ok) return wrongUse(side);
    sides.push(side.value);
  }
  const [a, b] = sides;
  if (a === undefined) throw new Error('no side');
  const problem: Problem = {
    sides: b === undefined ? [a] : [a, b],
    alphabet: lines,
    question: asked.question,
    bounds: { maxDepth: asked.maxDepth, maxStates: asked.maxStates },
  };
  if (asked.exportAs !== null) return exportCommand(asked.exportAs, asked.out, problem);
  const begin = performance.now();
  const answer = lastOf(explore(problem));
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(asked.json ? answerJson(answer) : answerText(asked, setUp, answer, seconds));
  return answer.verdict === 'bounded' ? 1 : 0;
}

function lastOf<T>(search: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

function deviceSpec(asked: ExploreArguments, generation: Generation): DeviceSpec {
  const { alphabet, device, irqs, cpuVectors, noDyn } = asked;
  const vectors = alphabet.mode === 'msix' ? { msix: alphabet.vectors } : { msi: alphabet.vectors };
  return { ...unchangedDevice(device), ...vectors, generation: generation.id, irqs, cpuVectors, noDyn };
}

function sideOf(asked: ExploreArguments, generation: Generation, setUp: readonly Line[]): Result<Side> {
  const made = scriptMachine(deviceSpec(asked, generation), null);
  if (!made.ok) return made;
  let { machine } = made.value;
  for (const line of setUp) machine = run(generation, machine, line).after;
  return { ok: true, value: { generation, start: machine } };
}

/** One line of JSON; a script is its lines in notation, without the lines that open its eventfds. */
function answerJson({ verdict, states, transitions, depth, script }: Answer): string {
  const lines = script === null ? null : script.map(({ op }) => printOp(op));
  return `${JSON.stringify({ verdict, states, transitions, depth, script: lines })}\n`;
}

const VERDICTS = {
  found: 'found',
  exhausted: 'none: space exhausted',
  bounded: 'none within these bounds',
} as const;

/** The answer for people; a script with the device and the eventfds, so that `replay` takes it. */
function answerText(
  asked: ExploreArguments,
  setUp: readonly Line[],
  answer: Answer,
  seconds: number,
): string {
  const { verdict, states, transitions, depth, found, script, bytes } = answer;
  const [first] = asked.generations;
  const rate = Math.round(transitions / seconds).toLocaleString('en-US');
  const lines = [
    asked.question.title,
    `${VERDICTS[verdict]}${found === null ? '' : `: ${found}`}`,
    `states ${states}, transitions ${transitions}, depth ${depth}, ${seconds.toFixed(2)} s, ${rate} transitions/s, ${(bytes / 1e6).toFixed(1)} MB`,
  ];
  if (script !== null) {
    const text = printScript({
      device: deviceSpec(asked, first),
      lines: [...setUp, ...script].map((line) => ({ line, action: '', note: '', disabled: false })),
    });
    lines.push('', text.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}
