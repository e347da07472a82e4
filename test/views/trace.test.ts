import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHECKS } from '../../src/kernel/checks.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import { framesOf } from '../../src/session/replay.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { sourcePlace } from '../../src/views/trace/source.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

test('every kernel call of random scripts is explained, on every kernel and device', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...PRESETS),
      fc.constantFrom(...DEVICES),
      fc.array(anyLikelyLine, { minLength: 4, maxLength: 14 }),
      (preset, { device }, lines) => {
        let machine = bootMachine(device, preset.host);
        for (const line of lines) {
          const { after, frames } = run(generation(preset.generation), machine, line, { frames: true });
          for (const { fn, check } of frames) {
            seen.add(fn);
            expect(FUNCTION_WORDS[fn], fn).toBeDefined();
            if (check !== undefined) expect(CHECKS[check].why).not.toBe('');
          }
          machine = after;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(seen.size).toBeGreaterThan(25);
});

test('every check has a sentence, a section and a file', () => {
  for (const [id, { why, section, file }] of Object.entries(CHECKS)) {
    expect(why, id).toMatch(/\.$/);
    expect(section, id).not.toBe('');
    expect(file, id).toMatch(/\.[ch]$|^(device model|script)$/);
  }
});

const sourceOf = (id: GenerationId) => readFileSync(`src/kernel/generations/${id}.ts`, 'utf8').split('\n');

test.each(GENERATIONS.map(({ id }) => id))('%s: every call of a line has its place in the source', (id) => {
  const lines = sourceOf(id);
  const frames = framesOf(replayOf(FAILED_ASSIGNMENT, id), 5);
  const inner = frames.findIndex(({ fn }) => fn === 'eventfd_ctx_fdget');
  const place = sourcePlace(lines, frames, inner);
  expect(place?.fn).toBe('vfio_msi_set_vector_signal');
  expect(place?.calls.map((at) => lines[at - 1])).toEqual([
    expect.stringContaining('eventfd_ctx_fdget(k, fd)'),
  ]);
  const own = sourcePlace(
    lines,
    frames,
    frames.findIndex(({ fn }) => fn === 'vfio_msi_set_block'),
  );
  expect(own).toMatchObject({ fn: 'vfio_msi_set_block', calls: [] });
  expect(lines[(own?.from ?? 0) - 1]).toContain('function vfio_msi_set_block(');
  expect(lines[(own?.to ?? 0) - 1]).toBe('}');
  expect(sourcePlace(lines, frames, 0)).toBeNull();
});
