// A session as a mail to a mailing list: plain text that is valid Markdown, at most 72 columns, with the link on its own line.

import { CHECKS } from '../../kernel/checks.ts';
import type { Run } from '../../kernel/frame.ts';
import { isProposal } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import type { Line } from '../../kernel/line.ts';
import { type Replay, runAt } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { resultText } from '../../text/shortResult.ts';
import { folded } from '../folded.ts';
import { printBare } from '../notation/printLine.ts';
import { printOp } from '../notation/printOp.ts';

/** The longest script of a mail. */
export const MOST_MAILED = 2_000;
/** Columns of a mail. */
const COLUMNS = 72;
/** Indentation of code. */
const CODE = '    ';

/** The comparison of the kernels. */
export interface Compared {
  /** Names of the lanes. */
  readonly labels: readonly string[];
  /** The first line that differs, or null. */
  readonly line: number | null;
  /** Its run in each lane. */
  readonly runs: readonly (Run | null)[];
  /** Differences and their causes, one sentence each. */
  readonly statements: readonly string[];
}

/** Returns the text of the mail. `replayed` has every run; `link` opens the session, null when it would be too long. */
export function printMail(
  session: Session,
  replayed: Replay,
  compared: Compared,
  link: string | null,
): string {
  const { script } = session;
  return [
    ...heading('#', `VFIO_DEVICE_SET_IRQS: a script of ${counted(script.length, 'line')} and its results`),
    ...facts(session),
    '',
    ...heading('##', 'Script and results'),
    ...(script.length === 0 ? ['The script is empty.'] : []),
    ...script.flatMap((entry, at) => lineText(entry, at + 1, runAt(replayed, at + 1), script.length)),
    '',
    ...heading('##', 'Where kernels differ'),
    ...differenceText(session, compared),
    ...(link === null ? [] : ['', ...heading('##', 'Open it step by step'), link]),
    '',
  ].join('\n');
}

function heading(sign: string, text: string): readonly string[] {
  return [...indented(text, `${sign} `, `${sign} `), ''];
}

function facts({ setup, generation: id }: Session): readonly string[] {
  const { device, host } = setup;
  const { label, policy } = generation(id);
  const parts = [
    ...(device.msix === null ? [] : [counted(device.msix.vectors, 'MSI-X vector')]),
    ...(device.msi === null ? [] : [counted(device.msi.vectors, 'MSI vector')]),
    device.intx ? 'a pin' : 'no pin',
  ];
  const of = [
    host.canAllocDyn ? 'MSI-X can be allocated dynamically' : 'MSI-X cannot be allocated dynamically',
    host.irqRemapping ? 'interrupt remapping' : 'no interrupt remapping',
    ...(host.irqPool === null ? [] : [`${counted(host.irqPool, 'irq')} available`]),
    `${counted(host.cpuVectors, 'CPU vector')}`,
  ];
  return [
    ...indented(`${device.model} (${device.id}), ${parts.join(', ')}`, 'Device: ', '        '),
    ...indented(ours(`${label}. ${policy}`), 'Kernel: ', '        '),
    ...indented(ours(of.join(', ')), 'Host:   ', '        '),
    '',
    ...indented('The results come from irqscope, a model of vfio-pci; no kernel was run.', '', ''),
    ...(isProposal(id) ? indented(`No kernel has ${label}: the debate of 2023 only names it.`, '', '') : []),
  ];
}

function lineText(entry: ScriptLine, line: number, run: Run | null, lines: number): readonly string[] {
  const width = String(lines).length;
  const number = `${CODE}${String(line).padStart(width)}  `;
  const below = ' '.repeat(number.length);
  const text = indented(printBare(entry), number, `${below}  `);
  const result = run === null ? 'skipped' : `= ${resultText(entry.line.op, run)}`;
  const last = text.at(-1) ?? '';
  const fits = columns(last) + 1 + columns(result) <= COLUMNS;
  return [
    ...(entry.action === '' ? [] : indented(`@ ${entry.action}`, below, `${below}  `)),
    ...(fits
      ? [...text.slice(0, -1), `${last} ${result}`]
      : [...text, ...indented(result, below, `${below}  `)]),
    ...whyText(run).flatMap((why) => indented(ours(why), `${below}  `, `${below}  `)),
    ...notes(entry).flatMap((note) => indented(note, `${below}# `, `${below}# `)),
  ];
}

/** Returns the check that refused, with its function. */
function whyText(run: Run | null): readonly string[] {
  if (run?.check == null) return [];
  const { why, fn } = CHECKS[run.check];
  return [`${why.replace(/\.$/, '')} (${fn})`];
}

const notes = ({ note }: ScriptLine) => (note === '' ? [] : note.split('\n'));

function differenceText({ script }: Session, compared: Compared): readonly string[] {
  const { labels, line, runs, statements } = compared;
  const names = ours(labels.join(', '));
  if (line === null) {
    const all = `Compared: ${names}. Every result and every state is the same on all of them.`;
    return indented(all, '', '');
  }
  const op = script[line - 1]?.line.op;
  const width = Math.max(...labels.map((label) => columns(ours(label))));
  const results = labels.flatMap((label, at) => {
    const run = runs[at] ?? null;
    const result = run === null || op === undefined ? 'skipped' : resultText(op, run);
    const name = ours(label).padEnd(width);
    return indented(result, `${CODE}${name}  `, `${CODE}${' '.repeat(width)}  `);
  });
  return [
    ...indented(
      `Compared: ${names}. The first line that differs in result or state is line ${line}:`,
      '',
      '',
    ),
    '',
    ...(op === undefined ? [] : [...indented(operation(script[line - 1]), CODE, `${CODE}  `), '']),
    ...results,
    ...(statements.length === 0 ? [] : ['']),
    ...statements.flatMap((statement) => indented(ours(statement), '- ', '  ')),
  ];
}

function operation(entry: { readonly line: Line } | undefined): string {
  return entry === undefined ? '' : printOp(entry.line.op);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const columns = (text: string) => [...text].length;

/** Wraps a text to the width of a mail, without line breaks of its own. */
function indented(text: string, first: string, others: string): readonly string[] {
  const tidy = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
  return folded(tidy, COLUMNS - Math.max(columns(first), columns(others))).map((part, at) =>
    `${at === 0 ? first : others}${part}`.trimEnd(),
  );
}

const PLAIN: readonly (readonly [string, string])[] = [
  ['−', '-'],
  ['–', '-'],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['→', '->'],
  ['≥', '>='],
  ['≤', '<='],
  ['·', '-'],
  ['…', '...'],
  ['×', 'x'],
];

/** Returns our own text in ASCII, the convention of mailing lists. Texts of a person stay unchanged. */
function ours(text: string): string {
  return PLAIN.reduce((made, [sign, plain]) => made.replaceAll(sign, plain), text);
}
