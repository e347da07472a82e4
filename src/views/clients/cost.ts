// The cost of a client's use of vectors, counted from the runs of its lines.

import type { AtWork, Block } from '../../clients/atWork.ts';
import { lineCount, machineAfter, type Replay, runAt } from '../../session/replay.ts';

/** Counts from the line with which the client opened the device to the end. */
export interface Cost {
  /** System calls on the device. */
  readonly ioctls: number;
  /** System calls that are VFIO_DEVICE_SET_IRQS. */
  readonly setIrqs: number;
  /** Lines after which a vector with an expected interrupt had no eventfd: vectors × lines. */
  readonly detached: number;
  /** Lost interrupts that the device raised: all of them, and those of vectors expected before and after the line. */
  readonly lost: number;
  readonly lostAwaited: number;
  /** Vectors that got an irq but were never expected by the guest and never delivered; in ascending order. */
  readonly unused: readonly number[];
}

const IOCTLS: ReadonlySet<string> = new Set([
  'set_irqs',
  'irq_info',
  'device_info',
  'reset',
  'hot_reset',
  'hot_reset_info',
]);

/** Returns the cost of a client at work. */
export function costOf(replayed: Replay, { from, blocks }: Pick<AtWork, 'from' | 'blocks'>): Cost {
  const counts = { ioctls: 0, setIrqs: 0, detached: 0, lost: 0, lostAwaited: 0 };
  const allocated = new Set<number>();
  const used = new Set(blocks.flatMap(({ wants }) => wants));
  const waits = waiting(blocks);
  for (let line = from; line <= lineCount(replayed); line++) {
    const run = runAt(replayed, line);
    const op = replayed.script[line - 1]?.line.op.op ?? '';
    if (run === null) continue;
    if (IOCTLS.has(op)) counts.ioctls++;
    if (op === 'set_irqs') counts.setIrqs++;
    const { descs } = machineAfter(replayed, line).domain;
    const awaited = waits(line);
    for (const vector of awaited) if ((descs.get(vector)?.handler ?? null) === null) counts.detached++;
    for (const happening of run.happenings) {
      if (happening.kind === 'allocated') allocated.add(happening.vector);
      if (happening.kind === 'delivered') used.add(happening.vector);
      if (happening.kind !== 'lost') continue;
      counts.lost++;
      if (awaited.includes(happening.vector)) counts.lostAwaited++;
    }
  }
  return { ...counts, unused: [...allocated].filter((vector) => !used.has(vector)).sort((a, b) => a - b) };
}

/** Returns the vectors expected during a whole line: within a block, those expected before it and after it. */
function waiting(blocks: readonly Block[]): (line: number) => readonly number[] {
  let at = 0;
  return (line) => {
    while (at + 1 < blocks.length && (blocks[at + 1]?.from ?? 0) <= line) at++;
    const block = blocks[at];
    if (block === undefined) return [];
    if (line > block.to) return block.wants;
    const before = new Set(blocks[at - 1]?.wants);
    return block.wants.filter((vector) => before.has(vector));
  };
}
