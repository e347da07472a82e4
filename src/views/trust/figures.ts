// Sums of the trust file for the page.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { generation as generationOf } from '../../kernel/generations/index.ts';
import { recordedPreset } from '../../kernel/presets.ts';
import { releaseOf, versionIn } from '../../kernel/releases.ts';
import { counted } from '../../text/numbers.ts';

/** The counts of a comparison. */
export interface CheckCounts {
  readonly recordings: number;
  readonly steps: number;
  /** Compared values. */
  readonly compared: number;
  readonly mismatches: number;
}

/** The counts of one configuration of one machine (formats/trust/trust.ts). */
export interface CheckedConfig extends CheckCounts {
  readonly generation: GenerationId;
  readonly release: string;
  readonly config: string;
  readonly model: string;
  readonly irqRemapping: boolean;
}

/** The counts of one kernel. */
export interface CheckedKernel extends CheckCounts {
  /** The generation’s name on the page. */
  readonly label: string;
  /** The recorded kernel. */
  readonly kernel: string;
  readonly release: string;
  /** Number of configurations of device and machine. */
  readonly configs: number;
}

/** Returns the sum of all rows. */
export function totalOf(rows: readonly CheckCounts[]): CheckCounts {
  return rows.reduce(
    (sum, row) => ({
      recordings: sum.recordings + row.recordings,
      steps: sum.steps + row.steps,
      compared: sum.compared + row.compared,
      mismatches: sum.mismatches + row.mismatches,
    }),
    { recordings: 0, steps: 0, compared: 0, mismatches: 0 },
  );
}

/** Returns one row per kernel, in the order of the configurations. */
export function kernelsOf(configs: readonly CheckedConfig[]): readonly CheckedKernel[] {
  const keys = [...new Set(configs.map(({ generation, release }) => `${generation} ${release}`))];
  return keys.flatMap((key) => {
    const own = configs.filter(({ generation, release }) => `${generation} ${release}` === key);
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        label: generationOf(first.generation).label,
        kernel: kernelLabel(first),
        release: first.release,
        configs: own.length,
        ...totalOf(own),
      },
    ];
  });
}

/** Returns whether model and kernels agree, with a sentence. `unreadable` is the number of recordings that cannot be read. */
export function verdictOf(
  configs: readonly CheckedConfig[],
  unreadable: number,
): { readonly agrees: boolean; readonly text: string } {
  const { recordings, steps, compared, mismatches } = totalOf(configs);
  if (recordings === 0) return { agrees: false, text: 'No recording was compared.' };
  const against = `${counted(recordings, 'recording')} of ${counted(kernelsOf(configs).length, 'kernel')}`;
  const what = `${counted(steps, 'step')} and ${counted(compared, 'value')}`;
  const found = counted(mismatches, 'mismatch');
  const unread = unreadable === 0 ? '' : ` ${counted(unreadable, 'file')} cannot be read.`;
  return {
    agrees: mismatches === 0 && unreadable === 0,
    text: `The model was compared with ${against}: ${what}, ${found}.${unread}`,
  };
}

/** Returns the kernel's name: the release of `uname -r`, or the posting on top of it. */
function kernelLabel({ generation, release }: CheckedConfig): string {
  const found = releaseOf(release);
  if (found.generation !== generation) return recordedPreset(generation).label;
  const version = versionIn(release);
  return version === null ? found.label : `Linux ${version}`;
}
