// Where the atlas of edge cases looks: small devices and hosts, each with the operations that are tried on it in every
// order. Which outcomes come of them is found by the search.

import { alphabetOf, USUAL_ALPHABET } from '../explore/alphabet.ts';
import { parseScript } from '../formats/notation/parse.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { FAULT_SITES, type Fault, type Line, line } from '../kernel/line.ts';
import { recordedPreset } from '../kernel/presets.ts';
import type { Host } from '../machine/host.ts';
import { type Setup, setupOf } from '../session/session.ts';

/** A device on a host and what is tried on it. */
export interface Ground {
  /** What is special about it, for the list of bounds. */
  readonly about: string;
  readonly setup: (generation: GenerationId) => Setup;
  /** Opens what the operations need. */
  readonly setUp: readonly Line[];
  readonly alphabet: readonly Line[];
  readonly maxDepth: number;
  readonly maxStates: number;
}

/** One call of every site fails as such calls fail in the kernel; of some the second one too. */
const FAULTS: readonly Fault[] = FAULT_SITES.flatMap((site): Fault[] => {
  const errno =
    site === 'copy_from_user'
      ? 'EFAULT'
      : site === 'request_irq' || site === 'pci_alloc_irq_vectors' || site === 'pci_msix_alloc_irq_at'
        ? 'ENOSPC'
        : site === 'eventfd_ctx_fdget'
          ? 'EINVAL'
          : site === 'irq_bypass_register_producer'
            ? 'EBUSY'
            : 'ENOMEM';
  const first: Fault = { site, nth: 1, result: errno };
  // fewer vectors than asked for
  return site === 'pci_alloc_irq_vectors' ? [first, { site, nth: 1, result: 1 }] : [first];
});

function lines(text: string): readonly Line[] {
  const { script, problems } = parseScript(text);
  if (problems.length > 0) throw new Error(`the atlas’s own lines: ${JSON.stringify(problems)}`);
  return script.lines.map((entry) => entry.line);
}

/** Blocks of MSI-X vectors with everything that the alphabet knows. */
const BLOCKS = alphabetOf({
  ...USUAL_ALPHABET,
  vectors: 3,
  maxBlock: 2,
  countZero: true,
  disable: true,
  loopback: true,
  raise: true,
  reset: true,
});

const withFaults = alphabetOf({ ...USUAL_ALPHABET, vectors: 2, maxBlock: 2, disable: true, faults: FAULTS });

const ALL_OPEN = lines(`eventfd 100
file 101`);

/** Every index, every action, malformed structures, descriptors, the device's life. */
const EVERYTHING = lines(`set_irqs msix trigger eventfd 0 [100]
set_irqs msix trigger eventfd 1 [101]
set_irqs msix trigger eventfd 0 [999]
set_irqs msix trigger bool 0 [1]
set_irqs msix trigger none 0 1
set_irqs msix trigger none 0 0
set_irqs msix mask none 0 1
set_irqs msix trigger eventfd 0 [-2]
set_irqs msi trigger eventfd 0 [100]
set_irqs msi trigger eventfd 0 [999]
set_irqs msi trigger none 0 0
set_irqs msi unmask none 0 1
set_irqs intx trigger eventfd 0 [100]
set_irqs intx trigger eventfd 0 [101]
set_irqs intx trigger eventfd 0 [-1]
set_irqs intx trigger none 0 1
set_irqs intx trigger none 0 0
set_irqs intx mask none 0 1
set_irqs intx mask eventfd 0 [100]
set_irqs intx unmask none 0 1
set_irqs intx unmask eventfd 0 [100]
set_irqs intx unmask eventfd 0 [999]
set_irqs err trigger eventfd 0 [100]
set_irqs err trigger none 0 1
set_irqs err trigger eventfd 0 [-2]
set_irqs err trigger eventfd 0 [999]
set_irqs err trigger eventfd 1 [100]
set_irqs err trigger eventfd 0 [100 100]
set_irqs req trigger eventfd 0 [100]
set_irqs req trigger none 0 0
set_irqs req mask none 0 1
set_irqs raw argsz=12 flags=0x24 index=2 start=0 count=1
set_irqs raw argsz=20 flags=0x24 index=2 start=0 count=1
set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=1
set_irqs raw argsz=24 flags=0x24 index=7 start=0 count=1 i32=100
set_irqs raw argsz=20 flags=0x21 index=2 start=4294967295 count=2
set_irqs raw argsz=20 flags=0x61 index=2 start=0 count=0
set_irqs raw argsz=20 flags=0x21 index=2 start=9 count=0
set_irqs raw argsz=20 flags=0x21 index=2 start=1 count=9
set_irqs raw argsz=20 flags=0x23 index=2 start=0 count=1
set_irqs raw argsz=20 flags=0x20 index=2 start=0 count=1
set_irqs raw argsz=20 flags=0x24 index=2 start=0 count=0
irq_info msix
irq_info 9
device_info
raise 0
lower
reset
release
reopen
read 100
read 999
write 100 1
write 100 18446744073709551614
write 100 18446744073709551615
close 100
close 999
cfg_read off=6 size=2
cfg_read off=4095 size=4
cfg_write off=4 size=2 value=0x0
cfg_write off=4 size=2 value=0x407
clobber 0`);

function on(name: string, vectors: number, change: Partial<Host>): Ground['setup'] {
  return (generation) => setupOf(name, { ...recordedPreset(generation).host, ...change }, vectors);
}

const SHORT = { setUp: BLOCKS.setUp, alphabet: BLOCKS.lines, maxDepth: 3, maxStates: 40 };

/** The list. */
export const GROUNDS: readonly Ground[] = [
  { about: 'nvme, 3 vectors', setup: on('nvme', 3, {}), ...SHORT },
  {
    about: 'nvme, 3 vectors, no dynamic allocation',
    setup: on('nvme', 3, { canAllocDyn: false }),
    ...SHORT,
  },
  { about: 'nvme, 3 vectors, the host gives 1 irq', setup: on('nvme', 3, { irqPool: 1 }), ...SHORT },
  { about: 'nvme, 3 vectors, the host gives no irq', setup: on('nvme', 3, { irqPool: 0 }), ...SHORT },
  { about: 'nvme, 3 vectors, 1 CPU vector', setup: on('nvme', 3, { cpuVectors: 1 }), ...SHORT },
  {
    about: 'nvme, 2 vectors, a fault injected at every site',
    setup: on('nvme', 2, {}),
    setUp: withFaults.setUp,
    alphabet: withFaults.lines,
    maxDepth: 3,
    maxStates: 40,
  },
  {
    about: 'e1000e, 2 vectors, every index, malformed structures',
    setup: on('e1000e', 2, {}),
    setUp: ALL_OPEN,
    alphabet: [...EVERYTHING, ...INDEX_FAULTS()],
    maxDepth: 3,
    maxStates: 40,
  },
  {
    about: 'edu: no MSI-X, no ERR, no reset',
    setup: on('edu', 1, {}),
    setUp: ALL_OPEN,
    alphabet: EVERYTHING,
    maxDepth: 3,
    maxStates: 40,
  },
];

/** The faults that the other indexes meet. */
function INDEX_FAULTS(): readonly Line[] {
  const attach = lines(`set_irqs intx trigger eventfd 0 [100]
set_irqs intx unmask eventfd 0 [100]
set_irqs msi trigger eventfd 0 [100]
irq_info msix`);
  return attach.flatMap(({ op }) => FAULTS.map((fault) => ({ ...line(op), faults: [fault] })));
}
