// DPDK, the selftest and other programs: docs/clients.md §6 and §7, scenarios S1 to S3, S11, S12.

import { expect, test } from 'vitest';
import { afterActions, held, ioctls, opened, sent } from './acting.ts';

test('DPDK probes, resets, and sends no SET_IRQS for vectors', () => {
  expect(ioctls(opened('dpdk').lines)).toEqual(['info 2', 'reset', '4,0x24,0,1,[resample]']);
});

test('DPDK attaches control and queues in one call, with the buffer of the largest (S2)', () => {
  const now = opened('dpdk').act({ kind: 'enable-queues', count: 3 });
  expect(ioctls(now.lines)).toEqual(['2,0x24,0,4,[intx,20,21,22]']);
  const [call] = now.lines.slice(-1);
  expect(call?.op.op === 'set_irqs' && call.op.argsz).toBe(20 + 4 * 513);
  expect(now.runs.at(-1)?.ret).toBe(0);
  expect(held(now)).toBe('S={0,1,2,3} A={0,1,2,3}');
});

test('DPDK growing without a disable: EINVAL on a static kernel, success on a dynamic one (dynamic-block#7)', () => {
  const grow = [
    { kind: 'enable-queues', count: 1 },
    { kind: 'enable-queues', count: 3 },
  ] as const;
  expect(afterActions(opened('dpdk', 'static'), grow).runs.at(-1)?.errno).toBe('EINVAL');
  expect(afterActions(opened('dpdk', 'dynamic'), grow).runs.at(-1)?.ret).toBe(0);
});

test('DPDK disables, and detaches its removal eventfd', () => {
  const start = opened('dpdk').act({ kind: 'enable-queues', count: 1 });
  expect(sent(start, [{ kind: 'disable-msix' }, { kind: 'unplug' }])).toEqual([
    ['2,0x21,0,0'],
    ['4,0x21,0,0', 'release'],
  ]);
});

test('DPDK uses MSI on a device without MSI-X', () => {
  const start = opened('dpdk', 'dynamic', { device: 'edu' });
  const [enable, acknowledge, disable] = sent(start, [
    { kind: 'enable-queues', count: 2 },
    { kind: 'acknowledge-intx' },
    { kind: 'disable-msix' },
  ]);
  // edu has one MSI vector and no MSI-X
  expect([enable, acknowledge, disable]).toEqual([['1,0x24,0,1,[intx]'], [], ['1,0x21,0,0']]);
});

test('Cloud Hypervisor allocates an irq for every vector of the table (S3)', () => {
  const now = opened('cloud-hypervisor').act({ kind: 'enable-msix' });
  expect(ioctls(now.lines)).toEqual(['2,0x24,0,8,[k0,k1,k2,k3,k4,k5,k6,k7]']);
  expect(held(now)).toBe('S={0,1,2,3,4,5,6,7} A={0,1,2,3,4,5,6,7}');
});

test('crosvm allocates the table with one eventfd, then attaches single vectors (S11)', () => {
  const minus = (count: number) => Array.from({ length: count }, () => '−1').join(',');
  const calls = sent(opened('crosvm'), [
    { kind: 'enable-msix' },
    { kind: 'unmask', vector: 0 },
    { kind: 'unmask', vector: 3 },
  ]);
  expect(calls).toEqual([
    [`2,0x24,0,8,[first,${minus(7)}]`, `2,0x24,0,8,[${minus(8)}]`],
    ['2,0x24,0,1,[k0]'],
    ['2,0x24,3,1,[k3]'],
  ]);
});

test('kvmtool allocates 8 irqs and attaches one vector (S12)', () => {
  const now = afterActions(opened('kvmtool'), [{ kind: 'enable-msix' }, { kind: 'unmask', vector: 3 }]);
  expect(held(now)).toBe('S={0,1,2,3,4,5,6,7} A={3}');
});

test.each(['static', 'v2', 'v3', 'dynamic'] as const)('the selftest passes on %s (S1)', (kernel) => {
  const now = afterActions(opened('selftest', kernel), [
    { kind: 'enable-queues', count: 3 },
    { kind: 'trigger', vector: 1 },
  ]);
  expect(ioctls(now.lines)).toEqual(['2,0x21,1,1']);
  expect(now.machine.eventfds.entries().map(([, { count }]) => Number(count))).toEqual([0, 1, 0]);
  expect(ioctls(now.act({ kind: 'disable-msix' }).lines)).toEqual(['2,0x21,0,0']);
});

test('unplugging closes the device', () => {
  for (const id of ['cloud-hypervisor', 'crosvm', 'kvmtool', 'selftest']) {
    const now = afterActions(opened(id), [{ kind: 'enable-msix' }, { kind: 'unplug' }]);
    expect(now.machine.openCount).toBe(0);
    expect(held(now)).toBe('S={} A={}');
  }
});
