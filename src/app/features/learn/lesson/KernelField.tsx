// The kernel of a step: the kernel before, a generation, or a release.

import { GENERATIONS } from '../../../../kernel/generations/index.ts';
import { RELEASES } from '../../../../kernel/releases.ts';
import type { Sketch } from '../../../../lessons/make.ts';

interface KernelFieldProps {
  readonly line: Sketch;
  readonly field: string;
  readonly onChange: (part: Pick<Sketch, 'generation' | 'release'>) => void;
}

export function KernelField({ line, field, onChange }: KernelFieldProps) {
  const { generation, release } = line;
  // a what-if kernel of an opened lesson is in no list
  const isListed = generation === null || GENERATIONS.some(({ id }) => id === generation);
  const chosen = release !== null ? `release ${release}` : generation !== null ? `kernel ${generation}` : '';
  const choose = (value: string) => {
    const id = value.replace(/^\w+ /, '');
    const own = GENERATIONS.find((one) => value.startsWith('kernel ') && one.id === id);
    const of = RELEASES.find((one) => value.startsWith('release ') && one.id === id);
    onChange({ generation: own?.id ?? null, release: of?.id ?? null });
  };
  return (
    <label className="maker-field tracks middle gap-8">
      <span>Kernel from this step on</span>
      <select data-field={field} value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">as before</option>
        {!isListed && <option value={chosen}>{generation}</option>}
        <optgroup label="Kernels">
          {GENERATIONS.map(({ id, label }) => (
            <option key={id} value={`kernel ${id}`}>
              {label}
            </option>
          ))}
        </optgroup>
        <optgroup label="Releases">
          {RELEASES.map(({ id, label }) => (
            <option key={id} value={`release ${id}`}>
              {label}
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
}
