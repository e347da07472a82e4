// What the model was checked against, added up for the page.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { generation as generationOf } from '../../kernel/generations/index.ts';
import { recordedPreset } from '../../kernel/presets.ts';
import { counted } from '../words/numbers.ts';

/** What was counted. */
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
  /** The generation as everywhere on the page. */
  readonly label: string;
  /** Which kernel was recorded for it. */
  readonly kernel: string;
  readonly release: string;
  /** How many different configurations of devices and machine. */
  readonly configs: number;
}

/** The sum of all. */
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

/** One row a kernel, in the order of the configurations. */
export function kernelsOf(configs: readonly CheckedConfig[]): readonly CheckedKernel[] {
  const keys = [...new Set(configs.map(({ generation, release }) => `${generation} ${release}`))];
  return keys.flatMap((key) => {
    const own = configs.filter(({ generation, release }) => `${generation} ${release}` === key);
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        label: generationOf(first.generation).label,
        kernel: recordedPreset(first.generation).label,
        release: first.release,
        configs: own.length,
        ...totalOf(own),
      },
    ];
  });
}

/** Agreement or not, in one sentence; `unreadable` counts recordings that could not be compared. */
export function verdictOf(
  configs: readonly CheckedConfig[],
  unreadable: number,
): { readonly agrees: boolean; readonly text: string } {
  const { recordings, steps, compared, mismatches } = totalOf(configs);
  if (recordings === 0) return { agrees: false, text: 'The model was compared with nothing.' };
  const against = `${counted(recordings, 'recording')} of ${counted(kernelsOf(configs).length, 'kernel')}`;
  const what = `${counted(steps, 'step')} and ${counted(compared, 'value')}`;
  const found = mismatches === 0 ? 'no mismatch' : counted(mismatches, 'mismatch').replace(/hs$/, 'hes');
  const unread = unreadable === 0 ? '' : ` ${counted(unreadable, 'file')} could not be read.`;
  return {
    agrees: mismatches === 0 && unreadable === 0,
    text: `The model was compared with ${against}, in ${what}: ${found}.${unread}`,
  };
}
