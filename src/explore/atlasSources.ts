// The sources of the atlas: small devices and hosts with shortages that together reach every reachable check. Each source has its
// own start and alphabet, which keeps every state space small.

import type { Generation } from '../kernel/generations/generation.ts';
import { FAULT_SITES, type Fault, type Line, line, type Op } from '../kernel/line.ts';
import { recordedPreset } from '../kernel/presets.ts';
import { run } from '../kernel/run.ts';
import { bootMachine } from '../machine/boot.ts';
import type { Device } from '../machine/device.ts';
import { DEVICES } from '../machine/devices.ts';
import { BAD_FD, FILE_FD, FIRST_FD } from '../machine/fdNumbers.ts';
import type { Host } from '../machine/host.ts';
import { type IrqSetData, NO_DATA } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_NUM_IRQS,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../uapi/vfio.ts';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from './alphabet.ts';
import type { AtlasSource } from './atlas.ts';

const TRIGGER_FDS = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;

const OPEN: readonly Op[] = [
  { op: 'eventfd', fd: FIRST_FD, initval: 0n, semaphore: false },
  { op: 'file', fd: FILE_FD },
];

/** The lines that open the descriptors of the scripts. */
const SET_UP: readonly Line[] = OPEN.map(line);

/** Returns every source for one generation. */
export function atlasSources(generation: Generation): readonly AtlasSource[] {
  const { host } = recordedPreset(generation.id);
  const source = (
    label: string,
    deviceName: string,
    alphabet: readonly Line[],
    maxDepth: number,
    change: Partial<Device> = {},
    facts: Partial<Host> = {},
  ): AtlasSource => {
    let machine = bootMachine(deviceOf(deviceName, change), { ...host, ...facts });
    for (const one of SET_UP) machine = run(generation, machine, one).after;
    const side = { generation, start: machine };
    return { label, deviceName, setUp: SET_UP, side, alphabet, maxDepth, maxStates: 400 };
  };
  const two = { msix: { offset: 0x40, vectors: 2 } };
  const msix = vectorLines('msix', 2);
  const fewMessages = { msix: null, msi: { offset: 0x70, vectors: 2, maskable: false } };
  return [
    source('2 vectors', 'nvme', msix, 6, two),
    source('2 vectors, with faults', 'nvme', [...vectorLines('msix', 1), ...faulty('msix')], 4, two),
    source('2 vectors, host has 1 irq', 'nvme', msix, 6, two, { irqPool: 1 }),
    source('2 vectors, host has no irq', 'nvme', msix, 2, two, { irqPool: 0 }),
    source('2 vectors, 1 CPU vector', 'nvme', msix, 6, two, { cpuVectors: 1 }),
    source('2 vectors, no dynamic allocation', 'nvme', msix, 6, two, { canAllocDyn: false }),
    source('2 MSI vectors, no remapping', 'xhci', vectorLines('msi', 2), 4, fewMessages, {
      irqRemapping: false,
    }),
    source('MSI and a pin', 'edu', [...vectorLines('msi', 1), ...pinLines(), line({ op: 'reset' })], 4),
    source('a pin, ERR and REQ', 'e1000e', [...pinLines(), ...singleLines()], 3),
    source('no pin', 'e1000e', pinLines(), 1, { intx: false }),
    source('a pin with irq 0', 'e1000e', pinLines(), 1, {}, { pin: 'no-irq', pinCheck: 'connected' }),
    source(
      'an unconnected pin before 6.15',
      'e1000e',
      pinLines(),
      2,
      {},
      { pin: 'not-connected', pinCheck: 'none' },
    ),
    source('a pin with another driver', 'e1000e', pinLines(), 1, {}, { pinShared: 'exclusive' }),
    source('malformed headers', 'nvme', malformed(), 2, two),
    source('closing, opening, resetting', 'nvme', lifecycle(), 3, two),
    source('resetting the bus', 'nvme', hotResets(), 2, { ...two, hotReset: true }),
    source('a bus without reset', 'nvme', hotResets(), 1, two),
    source('enabling in D3hot', 'nvme', inD3hot(), 2, two),
  ];
}

function deviceOf(name: string, change: Partial<Device>): Device {
  const known = DEVICES.find((entry) => entry.name === name);
  if (known === undefined) throw new Error(`no device ${name}`);
  return { ...known.device, ...change };
}

function vectorLines(mode: AlphabetSpec['mode'], vectors: number): readonly Line[] {
  const spec = {
    ...USUAL_ALPHABET,
    mode,
    vectors,
    countZero: true,
    disable: true,
    loopback: true,
    raise: true,
  };
  const index = mode === 'msix' ? VFIO_PCI_MSIX_IRQ_INDEX : 1;
  return [...alphabetOf(spec).lines, line(set(index, TRIGGER_FDS, 0, [FILE_FD]))];
}

/** Assignments with each fault site. */
function faulty(mode: AlphabetSpec['mode']): readonly Line[] {
  const faults = FAULT_SITES.flatMap((site): readonly Fault[] => {
    if (site === 'pci_alloc_irq_vectors')
      return [
        { site, nth: 1, result: 'ENOSPC' },
        { site, nth: 1, result: 1 },
      ];
    const memory = site === 'memdup_user' ? [{ site, nth: 1, result: 'EFAULT' as const }] : [];
    return [...memory, { site, nth: 1, result: site === 'pci_msix_alloc_irq_at' ? 'ENOSPC' : 'ENOMEM' }];
  });
  const spec = { ...USUAL_ALPHABET, mode, vectors: 2, badFd: false };
  const assignments = alphabetOf(spec).lines;
  return faults.flatMap((fault) => assignments.map(({ op }) => ({ op, faults: [fault] })));
}

const ACTIONS = [VFIO_IRQ_SET_ACTION_MASK, VFIO_IRQ_SET_ACTION_UNMASK, VFIO_IRQ_SET_ACTION_TRIGGER];

/** INTx: every action with DATA_NONE and with each kind of descriptor. */
function pinLines(): readonly Line[] {
  const index = VFIO_PCI_INTX_IRQ_INDEX;
  const ops = ACTIONS.flatMap((action): readonly Op[] => [
    set(index, action | VFIO_IRQ_SET_DATA_NONE, 0, null, 1),
    set(index, action | VFIO_IRQ_SET_DATA_NONE, 0, null, 0),
    ...[-1, FIRST_FD, BAD_FD, FILE_FD].map((fd) => set(index, action | VFIO_IRQ_SET_DATA_EVENTFD, 0, [fd])),
  ]);
  const lines = [...ops, { op: 'raise', vector: 0 } as const, { op: 'lower' } as const].map(line);
  const enable = set(index, TRIGGER_FDS, 0, [FIRST_FD]);
  const unmask = set(index, VFIO_IRQ_SET_ACTION_UNMASK | VFIO_IRQ_SET_DATA_EVENTFD, 0, [FIRST_FD]);
  return [
    ...lines,
    ...(['kasprintf', 'vfio_irq_ctx_alloc', 'request_irq', 'eventfd_ctx_fdget'] as const).map((site) => ({
      op: enable,
      faults: [{ site, nth: 1, result: 'ENOMEM' as const }],
    })),
    { op: unmask, faults: [{ site: 'vfio_virqfd_enable', nth: 1, result: 'ENOMEM' }] },
  ];
}

/** ERR and REQ. */
function singleLines(): readonly Line[] {
  return [VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX].flatMap((index) => {
    const none = VFIO_IRQ_SET_ACTION_TRIGGER | VFIO_IRQ_SET_DATA_NONE;
    const lines = [
      set(index, none, 0, null, 0),
      set(index, none, 0, null, 1),
      set(index, VFIO_IRQ_SET_ACTION_TRIGGER | VFIO_IRQ_SET_DATA_BOOL, 0, null, 0),
      ...[-2, -1, FIRST_FD, BAD_FD, FILE_FD].map((fd) => set(index, TRIGGER_FDS, 0, [fd])),
      set(index, TRIGGER_FDS, 0, []),
    ].map(line);
    const op = set(index, TRIGGER_FDS, 0, [FIRST_FD]);
    return [...lines, { op, faults: [{ site: 'vfio_irq_ctx_alloc', nth: 1, result: 'ENOMEM' as const }] }];
  });
}

/** Lines that validation rejects, and valid ones between them. */
function malformed(): readonly Line[] {
  const index = VFIO_PCI_MSIX_IRQ_INDEX;
  const fine = set(index, TRIGGER_FDS, 0, [FIRST_FD]);
  const ops: readonly Op[] = [
    fine,
    { ...fine, argsz: VFIO_IRQ_SET_MINSZ - 1 },
    { ...fine, argsz: VFIO_IRQ_SET_MINSZ },
    { ...fine, data: NO_DATA },
    { ...fine, index: VFIO_PCI_NUM_IRQS },
    { ...fine, start: 1, count: 0xfffffffe },
    { ...fine, start: 2 },
    { ...fine, start: 1, count: 2 },
    { ...fine, flags: 1 << 6 },
    { ...fine, flags: TRIGGER_FDS | VFIO_IRQ_SET_DATA_BOOL },
    { ...fine, flags: VFIO_IRQ_SET_DATA_EVENTFD },
    { ...fine, flags: TRIGGER_FDS | VFIO_IRQ_SET_ACTION_MASK },
    { op: 'irq_info', index: VFIO_PCI_NUM_IRQS },
    { op: 'irq_info', index },
    { op: 'device_info' },
    { op: 'cfg_read', off: 4095, size: 4 },
    { op: 'cfg_read', off: 4, size: 2 },
    { op: 'cfg_write', off: 4, size: 2, value: 0x406 },
    set(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_FDS, 0, [FIRST_FD]),
    { op: 'raise', vector: 0 },
  ];
  return ops.map(line);
}

/** Enabling a mode while the device is in D3hot. */
function inD3hot(): readonly Line[] {
  // the control register of NVMe's power management capability, with the state D3hot
  const ops: readonly Op[] = [
    { op: 'cfg_write', off: 0x64, size: 2, value: 3 },
    set(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_FDS, 0, [FIRST_FD]),
  ];
  return ops.map(line);
}

/** Operations that open, close or reset the device, and operations on descriptors. */
function lifecycle(): readonly Line[] {
  const ops: readonly Op[] = [
    set(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_FDS, 0, [FIRST_FD]),
    { op: 'release' },
    { op: 'reopen' },
    { op: 'reset' },
    { op: 'raise', vector: 0 },
    { op: 'lower' },
    { op: 'clobber', entry: 0 },
    { op: 'close', fd: FIRST_FD },
    { op: 'close', fd: BAD_FD },
    { op: 'read', fd: FIRST_FD },
    { op: 'read', fd: BAD_FD },
    { op: 'write', fd: FIRST_FD, value: 2n ** 64n - 2n },
    { op: 'write', fd: FIRST_FD, value: 2n ** 64n - 1n },
    { op: 'write', fd: FIRST_FD, value: 1n, size: 16 },
  ];
  return ops.map(line);
}

function hotResets(): readonly Line[] {
  const ops: readonly Op[] = [
    { op: 'hot_reset' },
    { op: 'hot_reset_info' },
    { op: 'hot_reset_info', short: true },
    set(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_FDS, 0, [FIRST_FD]),
  ];
  return ops.map(line);
}

/** Returns a SET_IRQS with a matching argsz; `values` are descriptors, null for no data. */
function set(
  index: number,
  flags: number,
  start: number,
  values: readonly number[] | null,
  count = values?.length ?? 0,
) {
  const data: IrqSetData = values === null ? NO_DATA : { kind: 'i32', values };
  const argsz = VFIO_IRQ_SET_MINSZ + (values?.length ?? 0) * 4;
  return { op: 'set_irqs', argsz, flags, index, start, count, data } as const;
}
