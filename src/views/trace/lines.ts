// The kernel's call tree as lines of text: indentation, arguments, and results other than 0.

import type { ArgValue, Frame, Run } from '../../kernel/frame.ts';
import { fateText } from '../../text/fired.ts';
import { hex } from '../../text/numbers.ts';
import type { Thing } from '../linked/things.ts';
import { argumentThings, type Word } from '../linked/words.ts';

/** One line of the call trace. */
export interface TraceLine {
  /** Index of its frame. */
  readonly frame: number;
  readonly depth: number;
  readonly fn: string;
  readonly args: string;
  /** The arguments in pieces; each names its vectors, irqs, eventfds and descriptors. */
  readonly words: readonly Word[];
  /** The vector, irq or eventfd of the whole call. */
  readonly things: readonly Thing[];
  /** ` = -EBADF`, ` = 27`, or empty for 0 and for functions without a result. */
  readonly ret: string;
  readonly failed: boolean;
  /** Locks, small allocations and names, which are hidden at first. */
  readonly minor: boolean;
  readonly context: 'process' | 'interrupt' | 'deferred';
  /** The device raises an interrupt here; the line is not a call. */
  readonly device: boolean;
}

/** Returns the text of the call pane for a line without calls; line 0 is the place before the first line. */
export function noCallsText(line: number): string {
  return line === 0
    ? 'No operation has run yet.'
    : 'Calls not shown: the model covers vfio-pci and the functions that it calls.';
}

const MINOR: ReadonlySet<string> = new Set([
  'vfio_pci_memory_lock_and_enable',
  'vfio_pci_memory_unlock_and_restore',
  'vfio_irq_ctx_alloc',
  'vfio_irq_ctx_free',
  'kasprintf',
  'memdup_user',
]);

/** Arguments that repeat other arguments. */
const HIDDEN: ReadonlySet<string> = new Set(['name', 'msix']);

/** Returns one line per frame. With the run, the frame of a raised interrupt shows its fate. */
export function traceLines(frames: readonly Frame[], run: Run | null = null): readonly TraceLine[] {
  return frames.map((frame, at) => ({
    frame: at,
    depth: frame.depth,
    fn: frame.fired === undefined ? frame.fn : 'device raises',
    args: argumentWords(frame)
      .map(({ text }) => text)
      .join(''),
    words: argumentWords(frame),
    things: aboutThings(frame),
    ret: frame.fired === undefined || run === null ? returnText(frame) : `: ${fateText(run, frame.fired)}`,
    failed: typeof frame.ret === 'string',
    minor: MINOR.has(frame.fn) && typeof frame.ret !== 'string',
    context: frame.interrupt ? 'interrupt' : frame.deferred ? 'deferred' : 'process',
    device: frame.fired !== undefined,
  }));
}

function argumentWords({ fn, args }: Frame): readonly Word[] {
  const shown = Object.entries(args).filter(([name]) => !HIDDEN.has(name) || fn === 'kasprintf');
  return shown.map(([name, value], at) => ({
    text: `${at > 0 ? ', ' : ''}${name}=${valueText(name, value)}`,
    things: argumentThings(fn, name, value),
  }));
}

/** Returns the vector of a call, else its irq, else its eventfd. */
function aboutThings({ fn, args }: Frame): readonly Thing[] {
  const all = Object.entries(args).flatMap(([name, value]) => argumentThings(fn, name, value));
  const first = all.find(({ kind }) => kind === 'vector') ?? all.find(({ kind }) => kind === 'irq') ?? all[0];
  return first === undefined ? [] : [first];
}

function valueText(name: string, value: ArgValue): string {
  if (value === null) return 'none';
  if (typeof value === 'number') return name === 'flags' ? `0x${hex(value, 2)}` : String(value);
  if (typeof value === 'string') return value;
  const [low = 0, high = 0, data = 0] = value;
  return `${high === 0 ? '' : hex(high, 8)}${hex(low, 8)}:${hex(data, 4)}`;
}

function returnText({ ret }: Frame): string {
  if (ret === undefined || ret === 0) return '';
  return typeof ret === 'string' ? ` = -${ret}` : ` = ${ret}`;
}
