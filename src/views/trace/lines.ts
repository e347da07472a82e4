// The kernel's call tree as lines of text: indentation, arguments, and what was returned where that says something.

import type { ArgValue, Frame } from '../../kernel/frame.ts';
import { hex } from '../words/numbers.ts';

/** One line of the call trace. */
export interface TraceLine {
  /** Index of its frame. */
  readonly frame: number;
  readonly depth: number;
  readonly fn: string;
  readonly args: string;
  /** ` = -EBADF`, ` = 27`, or empty for 0 and for nothing. */
  readonly ret: string;
  readonly failed: boolean;
  /** A call that is there for completeness: locks, small allocations, names. */
  readonly minor: boolean;
  readonly context: 'process' | 'interrupt' | 'deferred';
  /** The vector that it is about, if it names one. */
  readonly vector: number | null;
}

const MINOR: ReadonlySet<string> = new Set([
  'vfio_pci_memory_lock_and_enable',
  'vfio_pci_memory_unlock_and_restore',
  'vfio_irq_ctx_alloc',
  'vfio_irq_ctx_free',
  'kasprintf',
  'memdup_user',
]);

/** The arguments that say little beside the others. */
const HIDDEN: ReadonlySet<string> = new Set(['name', 'msix']);

/** Every frame as a line. */
export function traceLines(frames: readonly Frame[]): readonly TraceLine[] {
  return frames.map((frame, at) => ({
    frame: at,
    depth: frame.depth,
    fn: frame.fn,
    args: argsText(frame),
    ret: returnText(frame),
    failed: typeof frame.ret === 'string',
    minor: MINOR.has(frame.fn) && typeof frame.ret !== 'string',
    context: frame.interrupt ? 'interrupt' : frame.deferred ? 'deferred' : 'process',
    vector: vectorOf(frame),
  }));
}

function argsText({ fn, args }: Frame): string {
  const shown = Object.entries(args).filter(([name]) => !HIDDEN.has(name) || fn === 'kasprintf');
  return shown.map(([name, value]) => `${name}=${valueText(name, value)}`).join(', ');
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

function vectorOf({ fn, args }: Frame): number | null {
  const named =
    args['vector'] ?? (fn === 'pci_irq_vector' ? args['nr'] : undefined) ?? indexOf(fn, args['index']);
  return typeof named === 'number' ? named : null;
}

/** `index` names a vector only in these two. */
function indexOf(fn: string, index: ArgValue | undefined): ArgValue | undefined {
  return fn === 'pci_msix_alloc_irq_at' || fn === 'pci_msix_free_irq' ? index : undefined;
}
