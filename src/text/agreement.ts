// The kernels and hosts on which a script has the results of its trace, in one sentence.

import { grouped } from '../base/grouped.ts';
import { KERNELS, type NamedKernel } from '../kernel/kernels.ts';
import type { Agreement, Agreements } from '../session/agreement.ts';
import type { TracedCount } from '../session/traced.ts';
import type { Change, ChangeKind } from '../session/tracedChanges.ts';
import { counted } from './numbers.ts';

const CHANGES: Readonly<Record<ChangeKind, string>> = {
  'no-dynamic': 'without dynamic allocation',
  dynamic: 'with dynamic allocation',
  'no-remapping': 'without interrupt remapping',
  irqs: 'on a host with',
  'cpu-vectors': 'on a host with',
  'no-reset': 'with a device that cannot be reset',
  reset: 'with a device that can be reset',
  express: 'with a PCI Express device',
  conventional: 'with a device that is not PCI Express',
  'no-pin': 'with a device without a pin',
  'pin-unconnected': 'on a host where the pin is not connected',
  'pin-no-irq': 'on a host where the pin has no irq',
  'pin-shared': 'on a host where another driver holds the pin’s irq alone',
  'no-intx-mask': 'with a device whose INTx disable bit does not work',
};

/** Returns a change as a phrase, such as `without dynamic allocation` or `on a host with 3 irqs left`. */
export function changeText({ kind, count }: Change): string {
  if (kind === 'irqs') return `${CHANGES.irqs} ${counted(count ?? 0, 'irq')} left`;
  if (kind === 'cpu-vectors') return `${CHANGES['cpu-vectors']} ${counted(count ?? 0, 'CPU vector')} left`;
  return CHANGES[kind];
}

const RELEASED = KERNELS.filter(({ isRelease }) => isRelease);
const FIRST_DYNAMIC = RELEASED.findIndex(({ generation }) => generation === 'dynamic');

/** Returns ranges of releases, such as `≤ 6.4`, `≥ 6.5`, `6.1 to 6.6` or `6.18`. */
function releasesText(kernels: readonly NamedKernel[]): string {
  const places = kernels
    .map((kernel) => RELEASED.indexOf(kernel))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b);
  if (places.length === RELEASED.length) return 'every release';
  const ranges: [number, number][] = [];
  for (const at of places) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === at - 1) last[1] = at;
    else ranges.push([at, at]);
  }
  return ranges.map(rangeText).join(', ');
}

function rangeText([from, to]: readonly [number, number]): string {
  const [first, last] = [idOf(from), idOf(to)];
  if (from === 0 && to === FIRST_DYNAMIC - 1) return '≤ 6.4';
  if (from === FIRST_DYNAMIC && to === RELEASED.length - 1) return '≥ 6.5';
  if (from === to) return first;
  if (from === 0) return `≤ ${last}`;
  return to === RELEASED.length - 1 ? `≥ ${first}` : `${first} to ${last}`;
}

const idOf = (at: number) => RELEASED[at]?.id ?? '';

/** Kernels that agree with the same changes. */
export interface AgreementGroup {
  readonly changes: readonly Change[];
  readonly kernels: readonly NamedKernel[];
}

/** Groups agreements by their changes, those without changes first. */
export function groupAgreements(agree: readonly Agreement[]): readonly AgreementGroup[] {
  const groups = new Map<string, { changes: readonly Change[]; kernels: NamedKernel[] }>();
  for (const { kernel, changes } of agree) {
    const key = changes.map(changeText).sort().join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { changes, kernels: [kernel] });
    else group.kernels.push(kernel);
  }
  return [...groups.values()].sort((a, b) => a.changes.length - b.changes.length);
}

/** Returns a group as a phrase, such as `≥ 6.5 without dynamic allocation`. */
export function groupText({ kernels, changes }: AgreementGroup): string {
  return [releasesText(kernels), ...changes.map(changeText)].join(' ');
}

/** Returns for instance `1 of 5 results differs, first at line 4`, or `All 5 results are as traced`. */
export function tracedSentence({ observed, differ }: TracedCount): string {
  const [first] = differ;
  if (first === undefined)
    return observed === 1 ? 'The one result is as traced' : `All ${grouped(observed)} results are as traced`;
  const verb = differ.length === 1 ? 'differs' : 'differ';
  const place = differ.length === 1 ? `at line ${first}` : `first at line ${first}`;
  return `${grouped(differ.length)} of ${counted(observed, 'result')} ${verb}, ${place}`;
}

/** The sentence without any agreement. */
export const NO_AGREEMENT =
  'No release gives all traced results, even with one or two changes to host and device.';

/** Returns for instance `The traced results agree with ≤ 6.4, or with ≥ 6.5 without dynamic allocation.` */
export function agreementSentence({ agree }: Agreements): string {
  if (agree.length === 0) return NO_AGREEMENT;
  return `The traced results agree with ${groupAgreements(agree).map(groupText).join(', or with ')}.`;
}

/** Returns the present kernel if the group has it, or else the latest one that the list of kernels offers. */
export function kernelToUse({ kernels }: AgreementGroup, present: NamedKernel): NamedKernel {
  if (kernels.includes(present)) return present;
  return kernels.findLast(({ offered }) => offered) ?? kernels.at(-1) ?? present;
}

/** Returns the words of a button, such as `Switch to 6.4` or `Switch to 7.3 without dynamic allocation`. */
export function switchText({ changes }: AgreementGroup, kernel: NamedKernel): string {
  return ['Switch to', kernel.label, ...changes.map(changeText)].join(' ');
}
