// The two sides of a search: the kernels under review, each on the device and host of the search.

import type { Result } from '../../base/result.ts';
import type { Line } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import type { DeviceSpec } from '../../session/script.ts';
import { scriptMachine } from '../../session/scriptMachine.ts';
import type { Side } from '../problem.ts';
import { askedSide } from '../setUp.ts';
import type { Condition, ReviewSearch } from './conditions.ts';
import type { Reviewed } from './reviewed.ts';

/** The device of every search: it can raise each of its vectors, in MSI mode the first one. */
const DEVICE = 'nvme';
const RAISES_ALWAYS = { path: 'device.raise', value: 'always' } as const;

function hostOf(condition: Condition) {
  return {
    model: DEVICE,
    dynamic: condition.kind !== 'no-dynamic',
    irqs: condition.kind === 'irqs' ? condition.irqs : null,
    cpuVectors: condition.kind === 'cpu-vectors' ? condition.cpuVectors : null,
  };
}

/** Returns the device and host of a kernel in a search, as a script names them. */
export function deviceFor(
  { generation, kernel }: Reviewed,
  { condition, alphabet }: Pick<ReviewSearch, 'condition' | 'alphabet'>,
): DeviceSpec {
  const { device } = askedSide(generation, kernel, hostOf(condition), alphabet);
  return alphabet.mode === 'msix' ? device : { ...device, facts: [...(device.facts ?? []), RAISES_ALWAYS] };
}

/** Returns a kernel on its machine after the lines of set-up. */
export function startOf({ generation }: Reviewed, device: DeviceSpec, setUp: readonly Line[]): Side {
  const made: Result<{ readonly machine: Side['start'] }> = scriptMachine(device, generation);
  if (!made.ok) throw new Error(`the device ${device.model} of a review is not in the catalogue`);
  return {
    generation,
    start: setUp.reduce((machine, line) => run(generation, machine, line).after, made.value.machine),
  };
}
