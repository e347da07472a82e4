// Evidence and source of every fact in releases.ts. The page loads this file only when it shows them.

import type { ReleaseFacts } from '../machine/host.ts';
import type { ReleaseId } from './releases.ts';

/** Origin of a fact: `recorded` on a running kernel, or `read` in its source, patches or changelog. */
export type Evidence = 'recorded' | 'read';

/** The origin of one fact in one release. */
export interface FactSource {
  readonly evidence: Evidence;
  /** Citations in the grammar of docs/README.md, or the kernel file or commit. */
  readonly source: string;
}

/** A fact of the kernel; `release` is only a name. */
type FactName = Exclude<keyof ReleaseFacts, 'release'>;

type FactSources = Readonly<Record<FactName, FactSource>>;

/** The sources of one release. */
export interface ReleaseSources {
  readonly facts: FactSources;
  /** Comparison with another release, for the line below the choice. */
  readonly sinceMsix: string;
}

/** A fact with the words that the page shows. */
export interface FactWords {
  readonly name: FactName;
  readonly about: string;
}

/** Every fact of the table, in the order of display. */
export const FACT_WORDS: readonly FactWords[] = [
  { name: 'staticUndo', about: 'Unwind order and disable of the static driver' },
  { name: 'unmaskReads', about: 'The kernel reads the UNMASK eventfd' },
  { name: 'intx', about: 'INTx handling' },
  { name: 'errReq', about: 'ERR and REQ triggers' },
  { name: 'errIndex', about: 'Devices with an ERR index' },
  { name: 'resetWarns', about: 'A reset prints two warnings' },
  { name: 'resetRestore', about: 'Memory decoding while a reset restores the MSI-X table' },
  { name: 'pinCheck', about: 'Check for a pin without a usable irq' },
  { name: 'bypassKey', about: 'Key of the bypass registry' },
  { name: 'longEventfdWrite', about: 'Write of more than 8 bytes to an eventfd' },
  { name: 'nointxmask', about: 'Time at which vfio-pci reads nointxmask' },
];

function recorded(source: string): FactSource {
  return { evidence: 'recorded', source };
}

function read(source: string): FactSource {
  return { evidence: 'read', source };
}

const NO_STATIC = read('no static driver in this release');
const UNMASK_READ = recorded('docs/facts.md N6, `intx-unmask-eventfd@e1000e#7`');
const PERSISTENT = recorded('docs/facts.md 26, `intx-swap@edu#13`');
const LEGACY = read('before fe9a7082684e, 810cd4bb5345 and 18c198c96a81 (6.9)');
const RCU = recorded('docs/facts.md 28, `err-index#17`; 98693e0897f7 (6.19)');
const PLAIN = read('before 98693e0897f7 (6.19)');
const EXPRESS = recorded('docs/facts.md N2, `err-not-express@edu#0`');
const NO_WARNING = recorded('docs/facts.md N1, `reset-log#0`');
const WARNING = recorded('docs/facts.md N1, `reset-log#0`');
const MEMORY_AS_IS = read('before 231c7a57d193 (7.3)');
const NO_PIN_CHECK = read('before 860be250fc32 (6.15)');
const CONNECTED = read('back-port of 860be250fc32 (6.15), without 2bd42b03ab6b (6.15)');
const HAS_IRQ = read('860be250fc32 and 2bd42b03ab6b (6.15); Linux 7.2 drivers/vfio/pci/vfio_pci_config.c');
const TOKEN = read('before 2b521d86ee80 (6.17)');
const BY_EVENTFD = recorded('docs/facts.md N7, `same-eventfd-twice#2`');
const LONG_WRITE = recorded('docs/facts.md N15, `eventfd-write/linux-6.1/eventfd-write-size#5`');
const LONG_WRITE_READ = read('docs/facts.md N15; Linux 6.1 fs/eventfd.c');
const EXACT_WRITE = recorded('docs/facts.md N15, `eventfd-write/linux-6.12/eventfd-write-size#5`');
const AT_OPEN = read('Linux 5.10 drivers/vfio/pci/vfio_pci.c');
const AT_LOAD = read('Linux 6.12 drivers/vfio/pci/vfio_pci.c, before 3788cd493e44 (7.2)');
const AT_BIND = read('3788cd493e44; Linux 7.2 drivers/vfio/pci/vfio_pci.c');

/** Sources of the facts of 6.12.117. */
const SOURCES_6_12: FactSources = {
  staticUndo: NO_STATIC,
  unmaskReads: UNMASK_READ,
  intx: PERSISTENT,
  errReq: RCU,
  errIndex: EXPRESS,
  resetWarns: NO_WARNING,
  resetRestore: recorded(
    '`memory-off/linux-6.12.111/reset-memory-off#7`; back-port of 231c7a57d193 in 6.12.111',
  ),
  pinCheck: CONNECTED,
  bypassKey: TOKEN,
  longEventfdWrite: EXACT_WRITE,
  nointxmask: AT_LOAD,
};

/** Sources of the facts of 6.1.192. */
const SOURCES_6_1: FactSources = {
  ...SOURCES_6_12,
  staticUndo: recorded('docs/facts.md N4 and N5, `bad-block-third#9`'),
  errReq: recorded('`err-index#17`, `release-attached#9`'),
  resetRestore: recorded(
    '`memory-off/linux-6.1.190/reset-memory-off#7`; back-port of 231c7a57d193 in 6.1.190',
  ),
  longEventfdWrite: LONG_WRITE,
  nointxmask: AT_LOAD,
};

/** Sources of the facts of 6.4 as released, of which no kernel was recorded. */
const SOURCES_6_4: FactSources = {
  staticUndo: read('docs/facts.md N4 and N5'),
  unmaskReads: read('docs/facts.md N6'),
  intx: LEGACY,
  errReq: PLAIN,
  errIndex: read('before 4e3c1fc8abcb (7.3)'),
  resetWarns: read('docs/facts.md N1'),
  resetRestore: MEMORY_AS_IS,
  pinCheck: NO_PIN_CHECK,
  bypassKey: TOKEN,
  longEventfdWrite: LONG_WRITE_READ,
  nointxmask: AT_LOAD,
};

/** Sources of the facts of 6.16.12. */
const SOURCES_6_16: FactSources = {
  ...SOURCES_6_12,
  errReq: recorded('docs/facts.md N3, `linux-6.16/err-index#17`'),
  resetWarns: WARNING,
  resetRestore: MEMORY_AS_IS,
  pinCheck: HAS_IRQ,
  nointxmask: AT_LOAD,
};

/** Sources of the facts of 6.18.15. */
const SOURCES_6_18: FactSources = { ...SOURCES_6_16, errReq: RCU, bypassKey: BY_EVENTFD };

/** Sources of the facts of 7.2.13. */
const SOURCES_7_2: FactSources = {
  ...SOURCES_6_18,
  resetRestore: read('back-port of 231c7a57d193; Linux 7.2.13 drivers/pci/msi/msi.c'),
  nointxmask: AT_BIND,
};

/** The sources of every release of the table. */
export const RELEASE_SOURCES: Readonly<Record<ReleaseId, ReleaseSources>> = {
  '5.10': {
    facts: {
      ...SOURCES_6_4,
      staticUndo: recorded('docs/facts.md N4 and N5, `linux-5.10/bad-block-third#9`'),
      unmaskReads: recorded('docs/facts.md N6, `linux-5.10/intx-unmask-eventfd@e1000e#7`'),
      intx: PERSISTENT,
      errReq: recorded('`linux-5.10/err-index#17`'),
      errIndex: EXPRESS,
      resetWarns: NO_WARNING,
      nointxmask: AT_OPEN,
    },
    sinceMsix:
      'Same results as 6.1 for MSI-X; a failed block is unwound downwards, and disable detaches through a block.',
  },
  '5.11': {
    facts: { ...SOURCES_6_4, nointxmask: AT_OPEN },
    sinceMsix: 'Same as 6.4 for MSI-X and INTx.',
  },
  '5.15': {
    facts: SOURCES_6_4,
    sinceMsix: 'Same as 6.4 for MSI-X and INTx.',
  },
  '6.1.187': {
    facts: {
      ...SOURCES_6_1,
      resetRestore: recorded('`memory-off/linux-6.1.187/reset-memory-off#7`'),
    },
    sinceMsix: 'Same as 6.1.192, except that a reset while memory decoding is off restores no messages.',
  },
  '6.1.190': {
    facts: SOURCES_6_1,
    sinceMsix: 'Same as 6.1.192.',
  },
  '6.1': {
    facts: SOURCES_6_1,
    sinceMsix: 'The static driver with the back-ported INTx fixes of 2024.',
  },
  '6.4': {
    facts: SOURCES_6_4,
    sinceMsix:
      'Same results as 6.1 for MSI-X; a failed block is unwound downwards, and INTx requests its irq again for each eventfd.',
  },
  '6.6': {
    facts: { ...SOURCES_6_4, staticUndo: NO_STATIC },
    sinceMsix: 'Same as 6.12 for MSI-X; INTx, ERR and REQ as in 6.4.',
  },
  '6.12.57': {
    facts: {
      ...SOURCES_6_12,
      errReq: read('docs/facts.md N3; before the back-port of 98693e0897f7 in 6.12.63'),
      resetRestore: MEMORY_AS_IS,
      nointxmask: AT_LOAD,
    },
    sinceMsix: 'Same as 6.12.107 for MSI-X; ERR and REQ as in 6.1.',
  },
  '6.12.107': {
    facts: {
      ...SOURCES_6_12,
      resetRestore: recorded('`memory-off/linux-6.12.107/reset-memory-off#7`'),
    },
    sinceMsix: 'Same as 6.12.117, except that a reset while memory decoding is off restores no messages.',
  },
  '6.12.111': {
    facts: SOURCES_6_12,
    sinceMsix: 'Same as 6.12.117.',
  },
  '6.12': {
    facts: SOURCES_6_12,
    sinceMsix: 'The merged dynamic driver, unchanged for MSI-X since 6.5.',
  },
  '6.16': {
    facts: SOURCES_6_16,
    sinceMsix: 'Same as 6.12 for MSI-X; since then: a reset prints two warnings; ERR and REQ as in 6.1.',
  },
  '6.17': {
    facts: SOURCES_6_18,
    sinceMsix:
      'Same as 6.12 for MSI-X; since then: a reset prints two warnings, and the bypass registry uses the eventfd as its key.',
  },
  '6.18': {
    facts: SOURCES_6_18,
    sinceMsix:
      'Same as 6.12 for MSI-X; since then: a reset prints two warnings, and the bypass registry uses the eventfd as its key.',
  },
  '7.2': {
    facts: SOURCES_7_2,
    sinceMsix:
      'Same as 6.12 for MSI-X; since then: the changes of 6.18; vfio-pci reads nointxmask when the device is bound; a reset enables memory decoding to restore messages.',
  },
  '7.3': {
    facts: {
      ...SOURCES_7_2,
      errIndex: recorded('docs/facts.md N2, `linux-7.3/err-not-express@edu#0`; 4e3c1fc8abcb (7.3)'),
      resetRestore: recorded('`memory-off/linux-7.3/reset-memory-off#7`; 231c7a57d193 (7.3)'),
    },
    sinceMsix: 'Same as 6.12 for MSI-X; since then: the changes of 7.2, and every device has an ERR index.',
  },
};
