// QEMU's traces of real guests on real kernels (test/traces) give the ioctls that QEMU sent. ERR, REQ and most queries have no event.
import { expect, test } from 'vitest';
import type { Op } from '../../../src/kernel/line.ts';
import { readText } from './read.ts';
import { bound, texts, traceText, truthOf, withoutErrReq } from './truth.ts';

/** Trace, and the operations of the program. */
const TRACES: readonly (readonly [trace: string, right: string])[] = [
  ['qemu-7.2-k-msix.qemu.log', 'qemu-7.2.22-6.12.117-k-msix'],
  ['qemu-11.1-k-msix.qemu.log', 'qemu-11.1.3-6.12.117-k-msix'],
  ['qemu-7.2-k-pre.qemu.log', 'qemu-7.2.22-6.12.117-k-pre'],
  ['qemu-7.2-k-linux.qemu.log', 'qemu-7.2.22-6.12.117-k-linux'],
  ['qemu-11.1-k-msi.qemu.log', 'qemu-11.1.3-6.12.117-k-msi'],
  ['qemu-7.2-t-fire.qemu.log', 'qemu-7.2.22-6.12.117-t-fire'],
  ['qemu-7.2-t-intx.qemu.log', 'qemu-7.2.22-6.12.117-t-intx'],
  ['qemu-10.0-t-intx.qemu.log', 'qemu-10.0.13-6.12.117-t-intx'],
  ['qemu-11.1-t-edu.qemu.log', 'qemu-11.1.3-6.12.117-t-edu'],
  ['qemu-7.2-n-msix.qemu.log', 'qemu-7.2.22-6.12.117-n-msix'],
  ['qemu-7.2-k-unplug-pc.qemu.log', 'qemu-7.2.22-6.12.117-k-unplug-pc'],
  ['qemu-10.0-k-many.qemu.log', 'qemu-10.0.13-6.12.117-k-many'],
  ['qemu-10.0-on-6.1-k-many.qemu.log', 'qemu-10.0.13-6.1.192-k-many'],
  ['qemu-10.0-k-intx.qemu.log', 'qemu-10.0.13-6.12.117-k-intx'],
  ['qemu-10.0-k-flr.qemu.log', 'qemu-10.0.13-6.12.117-k-flr'],
  ['qemu-11.1-g-nvme.qemu.log', 'qemu-11.1.3-6.12.117-g-nvme'],
  ['qemu-7.2-g-e1000e.qemu.log', 'qemu-7.2.22-6.12.117-g-e1000e'],
  ['qemu-11.1-on-7.3-k-pre.qemu.log', 'qemu-11.1.3-7.3.4-k-pre'],
];

/** Operations that events tell. */
const TOLD = new Set<Op['op']>([
  'set_irqs',
  'eventfd',
  'close',
  'read',
  'reset',
  'release',
  'device_info',
  'cfg_write',
]);
const isTold = ({ op }: Op) => TOLD.has(op);

test.each(TRACES)('%s gives the ioctls of %s', (trace, right) => {
  const truth = truthOf(`${right}.right.txt`);
  const { id, lines, summary } = readText(traceText(trace));
  expect(id).toBe('qemu-trace');
  expect(summary.bad).toBe(0);
  expect(texts(bound(lines), isTold)).toEqual(texts(bound(withoutErrReq(truth)), isTold));
});
