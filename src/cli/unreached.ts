// The reasons why no recording reaches some checks and branches. `irqscope coverage` prints the reason of those that it does not find.

import type { CheckId } from '../kernel/checks.ts';

/** Reasons that apply to several places. */
const CALLER = 'The caller has tested this already, so no operation leads here.';
const LOOKUP = 'A lookup of the model that always finds its irq.';
const ONE = 'There is always at least one element.';
const SHORTAGE = 'Needs a host without free irqs; an injected fault fails before this code.';
const PATCH_FAULTS = 'Needs an injected fault; faults are recorded on released kernels, not on the patches.';
const NOINTX = 'Needs a device with the kernel’s quirk for broken INTx masking; no recorded device has it.';
const MASKABLE = 'Needs an MSI capability with mask bits; no recorded device has one.';
const MAXIMUM = 'Needs writes of about 2^64 to an eventfd; no recorded script has them.';
const LOW_VECTOR =
  'Needs V2 or V3 with every CPU vector in use and the lowest vector freed; only then an added irq needs its CPU vector at once.';
const PIN = 'Needs a pin without a usable irq; every pin of the recorded machines has one.';
const HOT_RESET =
  'The recorder has no such operation; the recorded devices are on a root bus, which cannot be reset.';
const SILENT = 'The recorded devices answer memory accesses in D3hot.';
const INTX = 'A guard of the INTx path; every recorded call passes it.';

/** Reasons of checks. */
export const UNREACHED_CHECKS: Readonly<Partial<Record<CheckId, string>>> = {
  'msi.vector-range': CALLER,
  'msi.no-host-irqs': SHORTAGE,
  'msi.alloc-at':
    'The driver requests only free vectors of the table; ENOSPC needs a host without free irqs.',
  'msi.no-cpu-vector': LOW_VECTOR,
  'irq.request': CALLER,
  'eventfd.full': MAXIMUM,
  'eventfd.write-max': MAXIMUM,
  'intx.no-pin': 'Every recorded device has an interrupt pin.',
  'intx.not-connected': PIN,
  'intx.pin-busy': 'Needs another driver on the pin’s irq; the pins of the recorded machines are alone.',
  'hot_reset.none': HOT_RESET,
  'hot_reset.space': HOT_RESET,
  'single.range': CALLER,
};

/** File below src/kernel, condition, outcome, reason. */
type Reason = readonly [file: string, condition: string, outcome: string, reason: string];

/** Reasons of branches. */
export const UNREACHED_BRANCHES: readonly Reason[] = [
  ['setIrqs.ts', "host.pin === 'connected' || host.pinCheck === 'none'", 'false', PIN],
  ['setIrqs.ts', "host.pin === 'connected'", 'false', PIN],
  ['setIrqs.ts', "host.pin === 'no-irq'", 'true', PIN],
  ['setIrqs.ts', "host.pin === 'no-irq'", 'false', PIN],
  ...['dynamic', 'static', 'v2', 'v3'].flatMap((id): readonly Reason[] => [
    [`generations/${id}.ts`, '!is_irq_none(k)', 'true', CALLER],
    [`generations/${id}.ts`, 'k.device.nointx', 'true', NOINTX],
  ]),
  ...['dynamic', 'static', 'v3'].map(
    (id): Reason => [`generations/${id}.ts`, 'for (let i = 0; i < done; i++)', 'no pass', ONE],
  ),
  ['generations/static.ts', 'vector < 0 || vector >= k.vdev.num_ctx', 'true', CALLER],
  ['generations/static.ts', 'vector < 0', 'true', CALLER],
  ['generations/static.ts', 'old !== undefined', 'false', 'The array has a context for every vector.'],
  ['generations/static.ts', 'for (let vector = 0; vector < k.vdev.num_ctx; vector++)', 'no pass', ONE],
  ['generations/v2.ts', 'for (let i = done - 1; i >= 0; i--)', 'no pass', ONE],
  ['generations/v2.ts', 'vfio_irq_ctx_alloc(k, vector) < 0', 'true', PATCH_FAULTS],
  ['generations/v2.ts', 'isNew && vfio_irq_ctx_alloc(k, vector) < 0', 'true', PATCH_FAULTS],
  ['generations/v2.ts', 'name === null', 'true', PATCH_FAULTS],
  ['generations/v2.ts', 'isNew', 'true', PATCH_FAULTS],
  ['generations/v2.ts', 'isNew', 'false', PATCH_FAULTS],
  ['generations/v2.ts', 'ret >= 0', 'false', PATCH_FAULTS],
  ['generations/v3.ts', 'irq < 0', 'true', 'The failing call has allocated or found the irq before.'],
  ['generations/v3.ts', 'vfio_irq_ctx_alloc(k, vector) < 0', 'true', PATCH_FAULTS],
  ['generations/v3.ts', 'name === null', 'true', PATCH_FAULTS],
  ['services/eventfd.ts', 'value >= ULLONG_MAX', 'true', MAXIMUM],
  ['services/eventfd.ts', 'object(k, ev).count + value > ULLONG_MAX - 1n', 'true', MAXIMUM],
  ['services/eventfd.ts', 'value < room', 'false', MAXIMUM],
  ['services/eventfd.ts', 'count !== eventfd.count', 'false', MAXIMUM],
  ['services/pci.ts', 'intx !== null && intx.masked !== masked', 'false', INTX],
  ['services/pci.ts', 'intx !== null', 'false', INTX],
  ['services/pci.ts', 'is_intx(k)', 'false', INTX],
  [
    'services/pci.ts',
    'k.pci.pinAsserted && intx.trigger !== null && intx.trigger === intx.unmask',
    'true',
    'The kernel wakes itself in a loop here; its counter differs each time, so such recordings are left out.',
  ],
  [
    'services/delivery.ts',
    'k.pci.msixFunctionMask',
    'true',
    'The function mask is set only inside a call; recorded devices raise between calls.',
  ],
  ['services/delivery.ts', 'k.isSilent()', 'true', SILENT],
  ['services/delivery.ts', 'k.device.msi?.maskable !== true', 'false', MASKABLE],
  ['services/delivery.ts', '(msi.mask & bit) === 0', 'false', MASKABLE],
  ['services/delivery.ts', 'msi.enabled', 'true', MASKABLE],
  ['services/delivery.ts', 'msi.enabled', 'false', MASKABLE],
  ['services/delivery.ts', 'sends', 'true', MASKABLE],
  ['services/delivery.ts', 'sends', 'false', MASKABLE],
  ['services/delivery.ts', '(msi.mask & 1) !== 0', 'true', MASKABLE],
  ['services/delivery.ts', '(msi.pending & 1) !== 0', 'true', MASKABLE],
  ['services/delivery.ts', '(msi.pending & 1) !== 0', 'false', MASKABLE],
  [
    'services/delivery.ts',
    'desc === undefined',
    'true',
    'The kernel masks the table entry of a freed irq, so the device cannot send its message.',
  ],
  ['services/irq.ts', 'vector === undefined', 'true', LOOKUP],
  ['services/irq.ts', 'vector === undefined || desc === undefined', 'true', LOOKUP],
  ['services/irq.ts', 'desc.handler !== null', 'true', CALLER],
  ['services/msi.ts', 'k.host.irqPool !== null', 'true', SHORTAGE],
  ['services/msi.ts', 'vectors < max', 'true', SHORTAGE],
  ['services/msi.ts', 'vectors < min', 'true', SHORTAGE],
  ['services/msi.ts', 'k.host.irqPool !== null && k.domain.numbers.size >= k.host.irqPool', 'true', SHORTAGE],
  ['services/msi.ts', 'for (let vector = 0; vector < vectors; vector++)', 'no pass', ONE],
  ['services/msi.ts', 'for (const vector of k.pci.entries.keys())', 'no pass', ONE],
  [
    'services/msi.ts',
    'for (let vector = 0; vector < (k.device.msi?.vectors ?? 0); vector++)',
    'no pass',
    ONE,
  ],
  [
    'services/msi.ts',
    'k.domain.numbers.has(first + length)',
    'true',
    'Needs irqs of another device between free numbers.',
  ],
  ['services/msi.ts', 'fixed && assignCpuVector(k) < 0', 'true', LOW_VECTOR],
  ['services/msi.ts', 'allocated < 0', 'true', LOW_VECTOR],
  ['services/msi.ts', "k.domain.mode !== 'msix' || !k.host.canAllocDyn", 'true', CALLER],
  ['services/msi.ts', "k.domain.mode !== 'msix'", 'true', CALLER],
  ['services/msi.ts', 'index >= (k.device.msix?.vectors ?? 0)', 'true', CALLER],
  ['services/msi.ts', 'k.domain.descs.has(index)', 'true', CALLER],
  ['services/msi.ts', 'mode === null', 'true', CALLER],
  ['services/msi.ts', 'k.domain.mode === null', 'true', CALLER],
  ['services/msi.ts', 'nr === 0', 'true', CALLER],
  ['services/msi.ts', 'nr === 0', 'false', CALLER],
  ['services/msi.ts', 'vector === undefined', 'true', LOOKUP],
  ['services/msi.ts', 'vector !== undefined', 'false', LOOKUP],
];

/** Returns why no recording takes a branch, or null without a reason. `file` is a path such as `src/kernel/setIrqs.ts`. */
export function unreachedBranch(file: string, condition: string, outcome: string): string | null {
  const found = UNREACHED_BRANCHES.find(
    (one) => file === `src/kernel/${one[0]}` && one[1] === condition && one[2] === outcome,
  );
  return found?.[3] ?? null;
}
