// The facts of a setup that a `device` line names by their path where they are neither the catalogue's nor the recorded
// kernel's: all that the line's own words (msix=, nodyn …) cannot say. With them a script carries any setup.

import type { Device, RaiseAbility } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';
import type { Setup } from './session.ts';

/** What a fact can be; null where there is no limit, or nothing is known. */
export type FactValue = number | boolean | string | null;

/** Which values a fact takes. */
export type FactSort =
  | { readonly kind: 'number'; readonly max: number; readonly orNone: boolean }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly values: readonly string[] };

/** One fact. */
export interface Fact {
  /** For instance `device.reset`. */
  readonly path: string;
  readonly about: string;
  readonly sort: FactSort;
  /** Undefined where the setup has no place for it: the capability is not there. */
  readonly get: (setup: Setup) => FactValue | undefined;
  /** The setup with that value; as it was where it has no place for it, or the value is of another sort. */
  readonly set: (setup: Setup, value: FactValue) => Setup;
}

/** A fact with a value, as a script names it. */
export interface NamedFact {
  readonly path: string;
  readonly value: FactValue;
}

const U32_MAX = 0xffffffff;
const IRQ_MAX = 2 ** 20;
const YES_NO: FactSort = { kind: 'yes-no' };
const TEXT: FactSort = { kind: 'text' };
const number = (max: number, orNone = false): FactSort => ({ kind: 'number', max, orNone });
const withDevice = (setup: Setup, change: Partial<Device>): Setup => ({
  ...setup,
  device: { ...setup.device, ...change },
});
const withHost = (setup: Setup, change: Partial<Host>): Setup => ({
  ...setup,
  host: { ...setup.host, ...change },
});
const isLimit = (value: FactValue): value is number | null => value === null || typeof value === 'number';
const RAISES: readonly RaiseAbility[] = ['never', 'with-msix', 'always'];

type Flag<T> = { [K in keyof T]: T[K] extends boolean ? K : never }[keyof T] & string;
type Texts<T> = { [K in keyof T]: T[K] extends string ? (string extends T[K] ? K : never) : never }[keyof T] &
  string;
type Numbers<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T] & string;

function deviceText(field: Texts<Device>, about: string): Fact {
  return {
    path: `device.${field}`,
    about,
    sort: TEXT,
    get: ({ device }) => device[field],
    set: (setup, value) => (typeof value === 'string' ? withDevice(setup, { [field]: value }) : setup),
  };
}

function deviceFlag(field: Flag<Device>, about: string): Fact {
  return {
    path: `device.${field}`,
    about,
    sort: YES_NO,
    get: ({ device }) => device[field],
    set: (setup, value) => (typeof value === 'boolean' ? withDevice(setup, { [field]: value }) : setup),
  };
}

function resetFlag(field: Flag<Device['onReset']>, about: string): Fact {
  return {
    path: `device.onReset.${field}`,
    about,
    sort: YES_NO,
    get: ({ device }) => device.onReset[field],
    set: (setup, value) =>
      typeof value === 'boolean'
        ? withDevice(setup, { onReset: { ...setup.device.onReset, [field]: value } })
        : setup,
  };
}

function hostFlag(field: Flag<Host>, about: string): Fact {
  return {
    path: `host.${field}`,
    about,
    sort: YES_NO,
    get: ({ host }) => host[field],
    set: (setup, value) => (typeof value === 'boolean' ? withHost(setup, { [field]: value }) : setup),
  };
}

function hostNumber(field: Numbers<Host>, about: string, max: number): Fact {
  return {
    path: `host.${field}`,
    about,
    sort: number(max),
    get: ({ host }) => host[field],
    set: (setup, value) => (typeof value === 'number' ? withHost(setup, { [field]: value }) : setup),
  };
}

function choice<T extends string>(
  path: string,
  about: string,
  values: readonly T[],
  get: (setup: Setup) => T,
  set: (setup: Setup, value: T) => Setup,
): Fact {
  return {
    path,
    about,
    sort: { kind: 'choice', values },
    get,
    set: (setup, value) => {
      const found = values.find((known) => known === value);
      return found === undefined ? setup : set(setup, found);
    },
  };
}

/** Every fact that can be named, in the order in which they are printed. */
export const FACTS: readonly Fact[] = [
  {
    path: 'name',
    about: 'what the device is called',
    sort: TEXT,
    get: ({ deviceName }) => deviceName,
    set: (setup, value) => (typeof value === 'string' ? { ...setup, deviceName: value } : setup),
  },
  {
    path: 'command',
    about: 'the command register after the open',
    sort: number(0xffff),
    get: ({ command }) => command,
    set: (setup, value) => (typeof value === 'number' ? { ...setup, command: value } : setup),
  },
  deviceText('id', 'vendor:device'),
  deviceText('model', 'what it is'),
  deviceText('bdf', 'its address'),
  {
    path: 'device.msix.offset',
    about: 'where the MSI-X capability lies',
    sort: number(U32_MAX, true),
    get: ({ device }) => device.msix?.offset,
    set: (setup, value) => {
      const { msix } = setup.device;
      return msix !== null && isLimit(value)
        ? withDevice(setup, { msix: { ...msix, offset: value } })
        : setup;
    },
  },
  {
    path: 'device.msi.offset',
    about: 'where the MSI capability lies',
    sort: number(U32_MAX, true),
    get: ({ device }) => device.msi?.offset,
    set: (setup, value) => {
      const { msi } = setup.device;
      return msi !== null && isLimit(value) ? withDevice(setup, { msi: { ...msi, offset: value } }) : setup;
    },
  },
  {
    path: 'device.msi.maskable',
    about: 'MSI has mask and pending registers',
    sort: YES_NO,
    get: ({ device }) => device.msi?.maskable,
    set: (setup, value) => {
      const { msi } = setup.device;
      return msi !== null && typeof value === 'boolean'
        ? withDevice(setup, { msi: { ...msi, maskable: value } })
        : setup;
    },
  },
  deviceFlag('pcie', 'it is PCI Express: it has an ERR index'),
  deviceFlag('pci_2_3', 'the interrupt disable bit works'),
  deviceFlag('nointx', 'the driver does not use its INTx'),
  deviceFlag('reset', 'a function reset works'),
  choice(
    'device.raise',
    'when it can raise',
    RAISES,
    ({ device }) => device.raise,
    (setup, raise) => withDevice(setup, { raise }),
  ),
  {
    path: 'device.raiseVectors',
    about: 'vector numbers that its event can hold',
    sort: number(2048, true),
    get: ({ device }) => device.raiseVectors,
    set: (setup, value) => (isLimit(value) ? withDevice(setup, { raiseVectors: value }) : setup),
  },
  deviceFlag('raisePulses', 'to raise takes back an asserted pin first'),
  resetFlag('clearsTable', 'a reset clears the table'),
  resetFlag('clearsPending', 'a reset drops pending bits'),
  resetFlag('clearsPin', 'a reset takes back the pin'),
  choice<Host['intx']>(
    'host.intx',
    'how the driver handles INTx',
    ['legacy', 'persistent'],
    ({ host }) => host.intx,
    (setup, intx) => withHost(setup, { intx }),
  ),
  choice<Host['errReq']>(
    'host.errReq',
    'how the driver holds ERR and REQ',
    ['plain', 'rcu'],
    ({ host }) => host.errReq,
    (setup, errReq) => withHost(setup, { errReq }),
  ),
  hostFlag('canAllocDyn', 'the irq domain can allocate once MSI-X is enabled'),
  hostFlag('irqRemapping', 'interrupt remapping'),
  hostNumber('firstIrq', 'the lowest irq', IRQ_MAX),
  hostNumber('pinIrq', 'the irq of the pin', IRQ_MAX),
  hostFlag('pinIsLevel', 'an asserted pin interrupts at once'),
  hostNumber('cpuVectors', 'CPU vectors left for the device', U32_MAX),
  hostNumber('otherReservations', 'CPU vectors that others have reserved', U32_MAX),
  {
    path: 'host.irqPool',
    about: 'irqs that the domain can allocate',
    sort: number(U32_MAX, true),
    get: ({ host }) => host.irqPool,
    set: (setup, value) => (isLimit(value) ? withHost(setup, { irqPool: value }) : setup),
  },
];

/** The facts in which `setup` is not as `usual` is. */
export function factsBeside(usual: Setup, setup: Setup): readonly NamedFact[] {
  return FACTS.flatMap(({ path, get }): readonly NamedFact[] => {
    const value = get(setup);
    return value === undefined || value === get(usual) ? [] : [{ path, value }];
  });
}

/** The setup with those facts. */
export function withFacts(setup: Setup, facts: readonly NamedFact[]): Setup {
  return facts.reduce(
    (made, { path, value }) => FACTS.find((fact) => fact.path === path)?.set(made, value) ?? made,
    setup,
  );
}
