// The facts of a setup that a `device` line names by path when they differ from the catalogue or the recorded kernel and
// have no word of their own (msix=, nodyn …). With them a script can contain any setup.

import { type Device, MSIX_VECTORS_MAX, type PowerCapability, type RaiseAbility } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';
import type { Setup } from './session.ts';

/** The value of a fact; null means no limit, or unknown. */
export type FactValue = number | boolean | string | null;

/** The values that a fact accepts. */
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
  /** Returns undefined when the setup lacks the capability. */
  readonly get: (setup: Setup) => FactValue | undefined;
  /** Returns the setup with that value; unchanged when the capability is absent or the value has another type. */
  readonly set: (setup: Setup, value: FactValue) => Setup;
}

/** A fact with a value, as written in a script. */
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

function powerFlag(field: Flag<PowerCapability>, about: string): Fact {
  return {
    path: `device.power.${field}`,
    about,
    sort: YES_NO,
    get: ({ device }) => device.power?.[field],
    set: (setup, value) => {
      const { power } = setup.device;
      return power !== null && typeof value === 'boolean'
        ? withDevice(setup, { power: { ...power, [field]: value } })
        : setup;
    },
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

/** The facts of the host in the order of the list; the compiler names a missing one. */
const HOST_FACTS: Readonly<Record<keyof Host, Fact>> = {
  intx: choice<Host['intx']>(
    'host.intx',
    'the handling of INTx',
    ['legacy', 'persistent'],
    ({ host }) => host.intx,
    (setup, intx) => withHost(setup, { intx }),
  ),
  errReq: choice<Host['errReq']>(
    'host.errReq',
    'the storage of ERR and REQ triggers',
    ['plain', 'rcu'],
    ({ host }) => host.errReq,
    (setup, errReq) => withHost(setup, { errReq }),
  ),
  staticUndo: choice<Host['staticUndo']>(
    'host.staticUndo',
    'unwind order and disable of the static driver',
    ['released', 'repaired'],
    ({ host }) => host.staticUndo,
    (setup, staticUndo) => withHost(setup, { staticUndo }),
  ),
  unmaskReads: hostFlag('unmaskReads', 'the kernel reads the UNMASK eventfd'),
  errIndex: choice<Host['errIndex']>(
    'host.errIndex',
    'devices with an ERR index',
    ['express', 'any'],
    ({ host }) => host.errIndex,
    (setup, errIndex) => withHost(setup, { errIndex }),
  ),
  resetWarns: hostFlag('resetWarns', 'a reset prints two warnings'),
  resetRestore: choice<Host['resetRestore']>(
    'host.resetRestore',
    'memory decoding while a reset restores the MSI-X table',
    ['memory-as-is', 'memory-on'],
    ({ host }) => host.resetRestore,
    (setup, resetRestore) => withHost(setup, { resetRestore }),
  ),
  pin: choice<Host['pin']>(
    'host.pin',
    'the irq of the pin, if it has one',
    ['connected', 'not-connected', 'no-irq'],
    ({ host }) => host.pin,
    (setup, pin) => withHost(setup, { pin }),
  ),
  pinShared: choice<Host['pinShared']>(
    'host.pinShared',
    'another driver’s handler on the pin’s irq',
    ['alone', 'shared', 'exclusive'],
    ({ host }) => host.pinShared,
    (setup, pinShared) => withHost(setup, { pinShared }),
  ),
  pinCheck: choice<Host['pinCheck']>(
    'host.pinCheck',
    'the kernel’s check for a pin without an irq',
    ['none', 'connected', 'has-irq'],
    ({ host }) => host.pinCheck,
    (setup, pinCheck) => withHost(setup, { pinCheck }),
  ),
  bypassKey: choice<Host['bypassKey']>(
    'host.bypassKey',
    'key of the bypass registry',
    ['token', 'eventfd'],
    ({ host }) => host.bypassKey,
    (setup, bypassKey) => withHost(setup, { bypassKey }),
  ),
  longEventfdWrite: choice<Host['longEventfdWrite']>(
    'host.longEventfdWrite',
    'result of a write of more than 8 bytes to an eventfd',
    ['accepted', 'EINVAL'],
    ({ host }) => host.longEventfdWrite,
    (setup, longEventfdWrite) => withHost(setup, { longEventfdWrite }),
  ),
  nointxmask: choice<Host['nointxmask']>(
    'host.nointxmask',
    'the time at which vfio-pci reads nointxmask',
    ['at-open', 'at-load', 'at-bind'],
    ({ host }) => host.nointxmask,
    (setup, nointxmask) => withHost(setup, { nointxmask }),
  ),
  release: {
    path: 'host.release',
    about: 'the name of a release whose facts are also those of another one',
    sort: TEXT,
    get: ({ host }) => host.release,
    set: (setup, value) => (typeof value === 'string' ? withHost(setup, { release: value }) : setup),
  },
  canAllocDyn: hostFlag('canAllocDyn', 'the irq domain can allocate vectors while MSI-X is enabled'),
  irqRemapping: hostFlag('irqRemapping', 'interrupt remapping'),
  msiController: choice<Host['msiController']>(
    'host.msiController',
    'the controller that receives messages',
    ['apic', 'gic'],
    ({ host }) => host.msiController,
    (setup, msiController) => withHost(setup, { msiController }),
  ),
  firstIrq: hostNumber('firstIrq', 'the lowest irq', IRQ_MAX),
  pinIrq: hostNumber('pinIrq', 'the irq of the pin', IRQ_MAX),
  pinIsLevel: hostFlag('pinIsLevel', 'an asserted pin raises an interrupt as soon as a handler is installed'),
  cpuVectors: hostNumber('cpuVectors', 'CPU vectors left for the device', U32_MAX),
  otherReservations: hostNumber('otherReservations', 'CPU vectors reserved by others', U32_MAX),
  irqPool: {
    path: 'host.irqPool',
    about: 'irqs that the domain can allocate',
    sort: number(U32_MAX, true),
    get: ({ host }) => host.irqPool,
    set: (setup, value) => (isLimit(value) ? withHost(setup, { irqPool: value }) : setup),
  },
};

/** Every fact that a script can name, in printing order. */
export const FACTS: readonly Fact[] = [
  {
    path: 'name',
    about: 'the name of the device',
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
  deviceText('model', 'the model of the device'),
  deviceText('bdf', 'its address'),
  {
    path: 'device.msix.offset',
    about: 'the place of the MSI-X capability',
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
    about: 'the place of the MSI capability',
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
  deviceFlag('pcie', 'PCI Express; before Linux 7.3 only such devices have an ERR index'),
  deviceFlag('pci_2_3', 'the interrupt disable bit works'),
  deviceFlag('nointx', 'the driver does not use INTx'),
  deviceFlag('reset', 'a function reset works'),
  deviceFlag('hotReset', 'its bus or slot can be reset'),
  {
    path: 'device.functionReset',
    about: 'offset of the device control word that starts a function level reset',
    sort: number(U32_MAX, true),
    get: ({ device }) => device.functionReset,
    set: (setup, value) => (isLimit(value) ? withDevice(setup, { functionReset: value }) : setup),
  },
  {
    path: 'device.afReset',
    about: 'offset of the Advanced Features control byte that starts a function level reset',
    sort: number(U32_MAX, true),
    get: ({ device }) => device.afReset,
    set: (setup, value) => (isLimit(value) ? withDevice(setup, { afReset: value }) : setup),
  },
  {
    path: 'device.power',
    about: 'offset of the power management capability',
    sort: number(U32_MAX, true),
    get: ({ device }) => device.power?.offset ?? null,
    set: (setup, value) => {
      if (value === null) return withDevice(setup, { power: null });
      const power = setup.device.power ?? { noSoftReset: true, silent: false };
      return typeof value === 'number' ? withDevice(setup, { power: { ...power, offset: value } }) : setup;
    },
  },
  powerFlag('noSoftReset', 'the device keeps its state from D3hot to D0'),
  powerFlag('silent', 'the device neither raises nor answers in D3hot'),
  choice(
    'device.raise',
    'the modes in which the device can raise',
    RAISES,
    ({ device }) => device.raise,
    (setup, raise) => withDevice(setup, { raise }),
  ),
  {
    path: 'device.raiseVectors',
    about: 'vector numbers that its event can contain',
    sort: number(MSIX_VECTORS_MAX, true),
    get: ({ device }) => device.raiseVectors,
    set: (setup, value) => (isLimit(value) ? withDevice(setup, { raiseVectors: value }) : setup),
  },
  deviceFlag('raisePulses', 'raising deasserts an asserted pin first'),
  resetFlag('clearsTable', 'a reset clears the table'),
  resetFlag('clearsPending', 'a reset drops pending bits'),
  resetFlag('clearsPin', 'a reset deasserts the pin'),
  ...Object.values(HOST_FACTS),
];

/** Returns the facts in which `setup` differs from `usual`. */
export function factsBeside(usual: Setup, setup: Setup): readonly NamedFact[] {
  return FACTS.flatMap(({ path, get }): readonly NamedFact[] => {
    const value = get(setup);
    return value === undefined || value === get(usual) ? [] : [{ path, value }];
  });
}

/** Returns the setup with those facts. */
export function withFacts(setup: Setup, facts: readonly NamedFact[]): Setup {
  return facts.reduce(
    (made, { path, value }) => FACTS.find((fact) => fact.path === path)?.set(made, value) ?? made,
    setup,
  );
}
