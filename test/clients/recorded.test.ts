// The clients against the operations of the real programs (fixtures/README.md), action by action: every SET_IRQS with its argsz,
// descriptors and result, the order of eventfd and close, GET_IRQ_INFO, resets, and writes of COMMAND.

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/clients/client.ts';
import { type Done, type Place, played, storyOf, told, truth } from './truth.ts';

const command = (value: number): Action => ({ kind: 'command', value });

/** The guest of the driver behind the QEMU stories. */
function guest(word: string, rest: string): readonly Action[] {
  const vector = Number(rest);
  switch (word) {
    case 'setup':
      return [command(7)];
    case 'command':
      return [command(vector)];
    case 'enable-msix':
    case 'disable-msix':
    case 'disable-msi':
    case 'reset':
      return [{ kind: word }];
    case 'enable-msix-masked':
      return [{ kind: 'function-mask', on: true }, { kind: 'enable-msix' }];
    case 'function-mask':
      return [{ kind: 'function-mask', on: rest === 'on' }];
    case 'unmask':
    case 'mask':
      return [{ kind: word, vector }];
    case 'enable-msi':
      return [{ kind: 'enable-msi', count: vector }];
    // an access to a BAR is an EOI while INTx is on
    case 'e1000e-raise':
    case 'e1000e-ack':
    case 'edu-ack':
      return [{ kind: 'acknowledge-intx' }];
    case 'eject-pc':
      return [{ kind: 'unplug' }];
    default:
      return [];
  }
}

const E1000E: Place = { device: 'e1000e', kernel: 'linux-6.12' };
const NVME: Place = { device: 'nvme', kernel: 'linux-6.12' };
const XHCI: Place = { device: 'xhci', kernel: 'linux-6.12' };
const EDU: Place = { device: 'edu', kernel: 'linux-6.12' };

const QEMU: readonly (readonly [story: string, client: string, place: Place])[] = [
  ['qemu-7.2.22-6.12.117-k-msix', 'qemu-7.2', E1000E],
  ['qemu-7.2.22-6.12.117-k-linux', 'qemu-7.2', E1000E],
  ['qemu-7.2.22-6.12.117-k-pre', 'qemu-7.2', NVME],
  ['qemu-7.2.22-6.12.117-k-unplug-pc', 'qemu-7.2', E1000E],
  ['qemu-7.2.22-6.12.117-n-msix', 'qemu-7.2-no-irqfd', E1000E],
  ['qemu-7.2.22-6.12.117-t-fire', 'qemu-7.2-no-irqfd', E1000E],
  ['qemu-7.2.22-6.12.117-t-intx', 'qemu-7.2-no-irqfd', E1000E],
  ['qemu-7.2.22-6.12.117-t-msi', 'qemu-7.2-no-irqfd', XHCI],
  ['qemu-7.2.22-6.12.117-t-msix', 'qemu-7.2-no-irqfd', E1000E],
  ['qemu-7.2.22-6.12.117-b-512', 'qemu-7.2-no-irqfd', E1000E],
  ['qemu-10.0.13-6.1.192-k-many', 'qemu-10.0', { device: 'nvme', kernel: 'linux-6.1' }],
  ['qemu-10.0.13-6.1.192-k-pre', 'qemu-10.0', { device: 'nvme', kernel: 'linux-6.1' }],
  ['qemu-10.0.13-6.12.117-k-flr', 'qemu-10.0', E1000E],
  ['qemu-10.0.13-6.12.117-k-intx', 'qemu-10.0', E1000E],
  ['qemu-10.0.13-6.12.117-k-many', 'qemu-10.0', NVME],
  ['qemu-10.0.13-6.12.117-t-fire', 'qemu-10.0-no-irqfd', E1000E],
  ['qemu-10.0.13-6.12.117-t-intx', 'qemu-10.0-no-irqfd', E1000E],
  ['qemu-11.1.3-6.12.117-b-json', 'qemu-10.0-no-irqfd', E1000E],
  ['qemu-11.1.3-6.12.117-b-pid', 'qemu-10.0', E1000E],
  ['qemu-11.1.3-6.12.117-k-msi', 'qemu-10.0', XHCI],
  ['qemu-11.1.3-6.12.117-k-msix', 'qemu-10.0', E1000E],
  ['qemu-11.1.3-6.12.117-t-edu', 'qemu-10.0-no-irqfd', EDU],
  ['qemu-11.1.3-7.3.4-k-pre', 'qemu-10.0', { device: 'nvme', kernel: 'linux-7.3' }],
  ['qemu-11.1.3-7.3.4-k-unplug-pc', 'qemu-10.0', { device: 'e1000e', kernel: 'linux-7.3' }],
];

test.each(QEMU)('%s: %s sends the recorded operations', (name, id, place) => {
  const { acted, actions } = storyOf(name, guest);
  const real = told(acted.map(({ done }) => done));
  const model = told(played(id, place, actions));
  acted.forEach(({ action }, at) => {
    expect([action, ...(model[at] ?? [])]).toEqual([action, ...(real[at] ?? [])]);
  });
  expect(model).toHaveLength(real.length);
});

/** The writes of COMMAND by a booting Linux guest that sizes the BARs of a device: decoding off and on, several times. */
const sizing = (off: number, on: number, times: number): readonly Action[] =>
  Array.from({ length: times }, () => [command(off), command(on)]).flat();
const unmask = (vector: number): Action => ({ kind: 'unmask', vector });
const mask = (vector: number): Action => ({ kind: 'mask', vector });
const route: Action = { kind: 'move-route' };
/** Linux enables MSI-X with the function mask, masks every entry, and clears the mask when its driver is ready. */
const enable = (vectors: number): readonly Action[] => [
  { kind: 'function-mask', on: true },
  { kind: 'enable-msix' },
  command(0x507),
  ...Array.from({ length: vectors }, (_, n) => mask(n)),
  { kind: 'function-mask', on: false },
];

/** Compares whole runs, whose actions have no marks in the recording. */
function expectSame(model: readonly (readonly Done[])[], name: string, reads = false) {
  const real = told([truth(name).flatMap(({ done }) => done)], reads);
  expect(told([model.flat()], reads)).toEqual(real);
}

describe('with a Linux guest', () => {
  test('QEMU 11.1, nvme: the route of INTx moves three times, MSI-X is on twice', () => {
    const story: readonly Action[] = [
      command(0x103),
      ...[route, route],
      ...[command(0x103), command(0x107), command(0x507), command(0x107)],
      ...sizing(0x104, 0x107, 6),
      route,
      ...enable(8),
      ...[unmask(0), mask(0)],
      ...[{ kind: 'disable-msix' } as const, command(0x107)],
      ...enable(8),
      ...[unmask(0), unmask(1), unmask(2), mask(2), mask(1), mask(0)],
      ...[{ kind: 'disable-msix' } as const, command(0x107), command(0x103)],
    ];
    expectSame(played('qemu-10.0', NVME, [story]), 'qemu-11.1.3-6.12.117-g-nvme');
  });

  test('QEMU 7.2, e1000e: the route of INTx moves twice', () => {
    const story: readonly Action[] = [
      command(0x103),
      route,
      ...[command(0x503), command(0x103)],
      ...sizing(0x100, 0x103, 7),
      ...[route, command(0x107)],
      ...enable(5),
      ...[unmask(0), unmask(1), unmask(2), mask(0), mask(1), mask(2)],
      ...[{ kind: 'disable-msix' } as const, command(0x107), command(0x103)],
    ];
    expectSame(played('qemu-7.2', E1000E, [story]), 'qemu-7.2.22-6.12.117-g-e1000e');
  });

  test('kvmtool of 2024, e1000e', () => {
    const story: readonly Action[] = [
      ...[command(0x503), command(0x103)],
      ...sizing(0x100, 0x103, 7),
      command(0x107),
      ...enable(5),
      ...[unmask(0), unmask(1), unmask(2), mask(0), mask(1), mask(2)],
      ...[{ kind: 'disable-msix' } as const, command(0x107), command(0x103)],
    ];
    expectSame(played('kvmtool-2024', E1000E, [story]), 'kvmtool-august-2024-6.12.117-kvmtool-e1000e');
  });
});

describe('DPDK 22.11', () => {
  test.each([
    ['dpdk-22.11.11-6.12.117-d-lsc', 0],
    ['dpdk-22.11.11-6.12.117-d-rxq', 1],
  ])('%s', (name, count) => {
    const { acted, actions } = storyOf(name, (word) => {
      if (word === 'start') return [{ kind: 'enable-queues', count }];
      if (word === 'stop') return [{ kind: 'stop-queues' }];
      return word === 'close' ? [{ kind: 'disable-msix' }] : [];
    });
    expect(told(played('dpdk-22.11', E1000E, actions))).toEqual(told(acted.map(({ done }) => done)));
  });
});

test('the kernel’s selftest of Linux 7.3: five tests, each of which opens the device', () => {
  const end: Action = { kind: 'end' };
  const all = [0, 1, 2, 3, 4];
  const tests: readonly (readonly Action[])[] = [
    [command(0x107), command(0x103), end],
    [end],
    [{ kind: 'reset' }, end],
    [{ kind: 'enable-msi', count: 1 }, { kind: 'trigger', vector: 0 }, { kind: 'disable-msi' }, end],
    [
      { kind: 'enable-queues', count: 5 },
      ...all.map((vector): Action => ({ kind: 'trigger', vector })),
      { kind: 'disable-msix' },
      end,
    ],
  ];
  const reopen: Done = { op: { op: 'reopen' }, result: '' };
  const model = tests.map((actions, at) => [
    ...(at === 0 ? [] : [reopen]),
    ...played('selftest-7.3', E1000E, [actions]).flat(),
  ]);
  // EAGAIN before a trigger, 1 after it
  const reads = model.flat().filter(({ op }) => op.op === 'read');
  expect(reads.map(({ result }) => result)).toEqual(
    Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 'EAGAIN' : '')),
  );
  expectSame(model, 'vfio-selftest-6.12.117-selftest-05', true);
});

test('every recorded story is compared', () => {
  const here = readdirSync(new URL('fixtures', import.meta.url)).filter((name) => name.endsWith('.txt'));
  const others = [
    'dpdk-22.11.11-6.12.117-d-lsc',
    'dpdk-22.11.11-6.12.117-d-rxq',
    'kvmtool-august-2024-6.12.117-kvmtool-e1000e',
    'qemu-11.1.3-6.12.117-g-nvme',
    'qemu-7.2.22-6.12.117-g-e1000e',
    'vfio-selftest-6.12.117-selftest-05',
  ];
  expect(here.map((name) => name.replace('.right.txt', '')).sort()).toEqual(
    [...QEMU.map(([name]) => name), ...others].sort(),
  );
});
