// The calls of a script as a C-like sequence of one line each, for a mail.

import type { Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import type { Replay } from '../../session/replay.ts';
import { runAt } from '../../session/replay.ts';
import { resultText } from '../../text/shortResult.ts';
import { flagsText } from '../../uapi/infoFlags.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import { INDEX_NAMES } from '../../uapi/vfio.ts';
import { inAscii } from '../ascii.ts';
import { printOp } from '../notation/printOp.ts';

const FLAGS = [
  [1, 'NONE'],
  [2, 'BOOL'],
  [4, 'EVENTFD'],
  [8, 'MASK'],
  [16, 'UNMASK'],
  [32, 'TRIGGER'],
] as const;

/** Returns the calls up to a line of a script on two kernels; eventfds are named in one comment before them. */
export function callLines(
  replays: readonly [Replay, Replay],
  names: readonly [string, string],
  end: number,
  width: number,
): readonly string[] {
  const { script } = replays[0];
  const texts: string[] = [];
  script.slice(0, end).forEach(({ line, disabled }, at) => {
    if (disabled || isPlainEventfd(line.op)) return;
    const runs = replays.map((replayed) => runAt(replayed, at + 1));
    const injected = [
      ...line.faults.map(({ site, nth, result }) => `${site}#${nth} fails: ${result}`),
      ...(line.raises ?? []).map(
        ({ vector, when, fn, nth }) => `vector ${vector} fires ${when} ${fn}#${nth}`,
      ),
    ];
    const [a, b] = runs.map((run) => resultOf(line.op, run));
    const result = a === b ? (a ?? '') : `${names[0]}: ${a}, ${names[1]}: ${b}`;
    texts.push(...fitted(callText(line.op), [...injected, result].join(', '), width));
  });
  const opened = descriptors(
    script.slice(0, end).flatMap(({ line: { op }, disabled }) => (disabled ? [] : [op])),
  );
  return [...(opened === '' ? [] : [`/* ${cut(opened, width - 6)} */`]), ...texts];
}

/** An eventfd without special values is named in the comment before the calls. */
function isPlainEventfd(op: Op): boolean {
  return op.op === 'eventfd' && op.initval === 0n && !op.semaphore;
}

/** Returns which descriptors are eventfds. */
function descriptors(ops: readonly Op[]): string {
  const eventfds = ops.flatMap((op) => (op.op === 'eventfd' && isPlainEventfd(op) ? [op.fd] : []));
  const opened = new Set(ops.flatMap((op) => (op.op === 'eventfd' || op.op === 'file' ? [op.fd] : [])));
  const used = ops.flatMap((op) =>
    op.op === 'set_irqs' && op.data.kind === 'i32' && (op.flags & 4) !== 0 ? op.data.values : [],
  );
  const closed = [...new Set(used.filter((fd) => fd >= 0 && !opened.has(fd)))];
  const list = (fds: readonly number[], one: string, many: string) =>
    fds.length === 0 ? [] : [`${fds.join(', ')} ${fds.length === 1 ? one : many}`];
  return [
    ...list([...new Set(eventfds)], 'is an eventfd', 'are eventfds'),
    ...list(closed, 'is not open', 'are not open'),
  ].join('; ');
}

function resultOf(op: Op, run: Run | null): string {
  if (run === null) return 'skipped';
  return run.errno === null ? resultText(op, run) : `-${run.errno}`;
}

function callText(op: Op): string {
  if (op.op === 'set_irqs') return setIrqs(op);
  if (op.op === 'irq_info') return `GET_IRQ_INFO(${indexText(op.index)})`;
  if (op.op === 'device_info') return 'GET_INFO()';
  if (op.op === 'reset') return 'RESET()';
  if (op.op === 'read' || op.op === 'close') return `${op.op}(${op.fd})`;
  if (op.op === 'write') return `write(${op.fd}, ${op.value})`;
  if (op.op === 'release') return 'close(device)';
  if (op.op === 'raise') return `/* the device raises vector ${op.vector} */`;
  if (op.op === 'lower') return '/* the device lowers its pin */';
  return `/* ${printOp(op)} */`;
}

function setIrqs({ flags, index, start, count, data }: IrqSet): string {
  const values = data.kind === 'none' ? [] : data.values;
  const list = values.length === 0 ? '' : `, { ${values.join(', ')} }`;
  return `SET_IRQS(${indexText(index)}, ${flagsText(flags, FLAGS)}, ${start}, ${count}${list})`;
}

const indexText = (index: number) => INDEX_NAMES[index]?.replace('-', '') ?? String(index);

/** Returns a call with its result as a comment, below it where both are too long for one line; a long list of values is cut. */
function fitted(call: string, result: string, width: number): readonly string[] {
  const text = inAscii(call);
  const end = text.startsWith('/*') ? '' : ';';
  const comment = result === '' ? '' : `/* ${cut(inAscii(result), width - 10)} */`;
  const one = comment === '' ? `${text}${end}` : `${text}${end} ${comment}`;
  if (one.length <= width) return [one];
  const tail = text.endsWith(' })') ? ' ... })' : text.endsWith(' */') ? '... */' : '...';
  const first =
    text.length + end.length <= width
      ? `${text}${end}`
      : `${text.slice(0, width - tail.length - end.length).trimEnd()}${tail}${end}`;
  return comment === '' ? [first] : [first, `    ${comment}`];
}

/** Returns a text cut to a width. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 3).trimEnd()}...`;
}
