// The recorded clients in the cases whose sequences were kept without a story (docs/clients.md), and in those that follow from
// a story of another device or, in kvmtool, from the source.

import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/clients/client.ts';
import { CLIENTS, clientById, OFFERED } from '../../src/clients/index.ts';
import { ioctls, opened, sent } from './acting.ts';

const ENABLE: Action = { kind: 'enable-msix' };
const END: Action = { kind: 'end' };
const unmask = (vector: number): Action => ({ kind: 'unmask', vector });

const INTX_DOWN = ['0,0x09,0,1', '0,0x11,0,1', '0,0x21,0,0'];
const INTX_UP = ['0,0x24,0,1,[intx]', '0,0x09,0,1', '0,0x14,0,1,[resample]', '0,0x11,0,1'];

describe('a reset of the machine by QEMU', () => {
  const QEMUS = ['qemu-7.2', 'qemu-10.0'] as const;

  test.each(QEMUS)('%s: a device with a function level reset goes through one round', (id) => {
    expect(sent(opened(id), [{ kind: 'reset' }])).toEqual([
      [...INTX_DOWN, 'COMMAND 0x100', 'reset', ...INTX_UP],
    ]);
  });

  test.each(QEMUS)(
    '%s: reset by power management alone takes two rounds, the second with the reset',
    (id) => {
      expect(sent(opened(id, 'dynamic', { device: 'e1000e' }), [{ kind: 'reset' }])).toEqual([
        [...INTX_DOWN, 'COMMAND 0x100', ...INTX_UP, ...INTX_DOWN, 'COMMAND 0x100', 'reset', ...INTX_UP],
      ]);
    },
  );

  test.each(QEMUS)('%s: without any reset, two rounds and no VFIO_DEVICE_RESET', (id) => {
    const [lines = []] = sent(opened(id, 'dynamic', { device: 'xhci' }), [{ kind: 'reset' }]);
    expect(lines.filter((line) => line.startsWith('COMMAND'))).toHaveLength(2);
    expect(lines).not.toContain('reset');
  });

  test.each(QEMUS)('%s: with MSI-X on, the swaps to the main loop are sent twice', (id) => {
    const calls = sent(opened(id), [ENABLE, unmask(0), { kind: 'reset' }])[2];
    expect(calls).toEqual([
      '2,0x24,0,1,[u0]',
      '2,0x24,0,1,[u0]',
      '2,0x21,0,0',
      ...INTX_UP,
      ...INTX_DOWN,
      'COMMAND 0x100',
      'reset',
      ...INTX_UP,
    ]);
  });

  test('clears the guest’s masks: MSI-X is then enabled without a vector', () => {
    const calls = sent(opened('qemu-10.0'), [ENABLE, unmask(3), { kind: 'reset' }, ENABLE])[3];
    expect(calls).toEqual([...INTX_DOWN, '2,0x24,0,1,[−1]']);
  });
});

describe('the end of a device in QEMU', () => {
  test('an unplug while INTx is on takes the resample eventfd away first', () => {
    expect(sent(opened('qemu-10.0'), [{ kind: 'unplug' }])).toEqual([
      ['4,0x24,0,1,[−1]', '3,0x24,0,1,[−1]', ...INTX_DOWN, 'release'],
    ]);
  });

  test('without PCI Express there is no ERR to take away', () => {
    const [lines = []] = sent(opened('qemu-7.2-no-irqfd', 'dynamic', { device: 'edu' }), [
      { kind: 'unplug' },
    ]);
    expect(lines).toEqual(['4,0x24,0,1,[−1]', '0,0x21,0,0', 'release']);
  });

  test('at its own end QEMU sends nothing: the kernel closes the device', () => {
    expect(sent(opened('qemu-7.2'), [END])).toEqual([['release']]);
  });
});

describe('DPDK', () => {
  const closed: readonly Action[] = [
    { kind: 'enable-queues', count: 2 },
    { kind: 'stop-queues' },
    { kind: 'disable-msix' },
    END,
  ];

  test('22.11 sends nothing at its end; 24.11 detaches REQ and clears bus master', () => {
    const calls = ['2,0x24,0,3,[intx,k0,k1]'];
    expect(sent(opened('dpdk-22.11'), closed)).toEqual([calls, [], ['2,0x21,0,0'], ['release']]);
    const end = ['4,0x21,0,0', 'COMMAND 0x103', 'release'];
    expect(sent(opened('dpdk-24.11'), closed)).toEqual([calls, [], ['2,0x21,0,0'], end]);
  });

  test('--vfio-intr=legacy asks INTx alone, and unmasks at each interrupt', () => {
    const start = opened('dpdk-22.11-legacy', 'dynamic', { device: 'e1000e' });
    expect(ioctls(start.lines)).toEqual(['info 0', 'COMMAND 0x107', 'reset', '4,0x24,0,1,[resample]']);
    const actions: readonly Action[] = [
      { kind: 'enable-queues', count: 1 },
      { kind: 'acknowledge-intx' },
      { kind: 'disable-msix' },
    ];
    expect(sent(start, actions)).toEqual([
      ['0,0x24,0,1,[intx]', '0,0x11,0,1'],
      ['0,0x11,0,1'],
      ['0,0x09,0,1', '0,0x21,0,0'],
    ]);
  });

  test('--vfio-intr=msi uses one MSI vector', () => {
    const start = opened('dpdk-22.11-msi', 'dynamic', { device: 'e1000e' });
    expect(ioctls(start.lines)[0]).toBe('info 1');
    expect(sent(start, [{ kind: 'enable-queues', count: 4 }, { kind: 'disable-msix' }])).toEqual([
      ['1,0x24,0,1,[intx]'],
      ['1,0x21,0,0'],
    ]);
  });
});

describe('kvmtool of 2024', () => {
  test('attaches a vector alone when its table entry is first written after the function mask is clear', () => {
    const actions: readonly Action[] = [ENABLE, unmask(0), unmask(2), { kind: 'mask', vector: 2 }, unmask(2)];
    const none = Array.from({ length: 8 }, () => '−1');
    expect(sent(opened('kvmtool-2024'), actions)).toEqual([
      ['0,0x21,0,0', `2,0x24,0,8,[${none.join(',')}]`],
      [`2,0x24,0,8,[k0,${none.slice(1).join(',')}]`],
      ['2,0x24,2,1,[k2]'],
      [],
      [],
    ]);
  });
});

describe('the list of clients', () => {
  test('says for each whether it was recorded; the never recorded ones are by source', () => {
    const bySource = OFFERED.filter(({ evidence }) => evidence === 'by source').map(({ id }) => id);
    expect(bySource).toEqual(['qemu-7.0', 'cloud-hypervisor', 'crosvm', 'kvmtool']);
    expect(OFFERED.length - bySource.length).toBeGreaterThanOrEqual(10);
  });

  test('offers no client by source that a recorded one replaces, and keeps all for links', () => {
    for (const { id, evidence, replacedBy } of CLIENTS) {
      if (replacedBy === null) continue;
      expect([id, evidence]).toEqual([id, 'by source']);
      expect(clientById(replacedBy)?.evidence).toBe('recorded');
      expect(OFFERED.some((offered) => offered.id === id)).toBe(false);
    }
    expect(new Set(CLIENTS.map(({ id }) => id)).size).toBe(CLIENTS.length);
    expect(new Set(CLIENTS.map(({ label }) => label)).size).toBe(CLIENTS.length);
  });
});
