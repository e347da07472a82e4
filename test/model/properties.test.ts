// Properties of every script, also of malformed ones: at least 10,000 random lines per run. A failure prints its seed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { brokenClaims, brokenInvariants, INVARIANTS } from '../../src/kernel/invariants/index.ts';
import type { Line } from '../../src/kernel/line.ts';
import { PRESETS, type Preset, recordedPreset } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { plainMachine } from '../machine/plain.ts';
import { anyLikelyLine } from './likely.ts';

const LINES = 40;
const RUNS = 250; // × 40 lines × 12 kernels = 120,000 lines

function play(preset: Preset, device: Machine['device'], lines: readonly Line[]) {
  let machine = bootMachine(device, preset.host);
  return lines.map((line) => {
    const made = run(generation(preset.generation), machine, line);
    machine = made.after;
    return { line, run: made };
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const field of Object.values(value)) deepFreeze(field);
  }
  return value;
}

const someDevice = fc.constantFrom(...DEVICES.slice(0, 4).map(({ device }) => device));
const someLines = fc.array(anyLikelyLine, { minLength: LINES, maxLength: LINES });

describe.each(PRESETS.map((preset) => [preset.label, preset] as const))('%s', (_, preset) => {
  it('runs every operation, also malformed ones, without throwing, and keeps the claimed invariants', () => {
    fc.assert(
      fc.property(someDevice, someLines, (device, lines) => {
        for (const step of play(preset, device, lines)) {
          const breaches = brokenClaims(preset.generation, step);
          expect(breaches.map(({ invariant, what }) => `${invariant.id}: ${what}`)).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('run', () => {
  const preset = fc.constantFrom(...PRESETS);

  it('does not change the given machine', () => {
    fc.assert(
      fc.property(preset, someDevice, someLines, (kernel, device, lines) => {
        let machine = bootMachine(device, kernel.host);
        for (const line of lines) {
          const before = plainMachine(machine);
          const { after } = run(generation(kernel.generation), deepFreeze(machine), deepFreeze(line), {
            frames: true,
          });
          expect(plainMachine(machine)).toEqual(before);
          machine = after;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('returns the same run for the same input, with and without frames', () => {
    fc.assert(
      fc.property(preset, someDevice, someLines, (kernel, device, lines) => {
        let machine = bootMachine(device, kernel.host);
        for (const line of lines) {
          const quick = run(generation(kernel.generation), machine, line);
          const traced = run(generation(kernel.generation), machine, line, { frames: true });
          expect(plainMachine(traced.after)).toEqual(plainMachine(quick.after));
          expect([traced.ret, traced.errno, traced.out, traced.happenings, traced.check]).toEqual([
            quick.ret,
            quick.errno,
            quick.out,
            quick.happenings,
            quick.check,
          ]);
          machine = quick.after;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('builds a call tree: frames nest, start in the last state, and end in the run’s state', () => {
    fc.assert(
      fc.property(preset, someDevice, someLines, (kernel, device, lines) => {
        let machine = bootMachine(device, kernel.host);
        for (const line of lines) {
          const { frames, after, before } = run(generation(kernel.generation), machine, line, {
            frames: true,
          });
          for (const [at, frame] of frames.entries()) {
            const next = frames[at + 1];
            const leaf = next === undefined || next.depth <= frame.depth;
            expect(frame.below === 0).toBe(leaf);
            expect(frame.depth).toBeLessThanOrEqual((frames[at - 1]?.depth ?? -1) + 1);
            if (at === 0 && line.op.op === 'set_irqs')
              expect(plainMachine(frame.before)).toEqual(plainMachine(before));
            if (!leaf) expect(frames[at + frame.below]?.depth).toBeGreaterThan(frame.depth);
          }
          machine = after;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the table of invariants', () => {
  it.each(GENERATIONS.map(({ id }) => id))(
    'some script breaks every invariant that %s does not claim',
    (id) => {
      const preset = recordedPreset(id);
      const [nvme] = DEVICES;
      if (nvme === undefined) throw new Error('no device');
      const broken = new Set<string>();
      for (const lines of fc.sample(someLines, { numRuns: 400, seed: 6 })) {
        for (const step of play(preset, nvme.device, lines)) {
          for (const { invariant } of brokenInvariants(step)) broken.add(invariant.id);
        }
      }
      // I20, I21 and I22 are about V2's policy; other generations may keep them by chance
      const expected = INVARIANTS.filter((invariant) => !invariant.holds.includes(id)).map(
        (invariant) => invariant.id,
      );
      const ofV2Alone = ['I20', 'I21', 'I22'];
      expect([...broken].filter((one) => !ofV2Alone.includes(one)).sort()).toEqual(
        expected.filter((one) => !ofV2Alone.includes(one)).sort(),
      );
    },
  );
});
