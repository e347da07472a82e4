import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { executedLines } from '../../src/app/features/lab/trace/instrumented.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import { framesOf, runAt } from '../../src/session/replay.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, replayOf } from '../views/sessionOf.ts';

const [first] = DEVICES;
if (first === undefined) throw new Error('no devices');
const { device } = first;

describe('executedLines', () => {
  test('marks the lines that ran in a call, and none of the branches that did not', () => {
    const replayed = replayOf(FAILED_ASSIGNMENT, 'dynamic');
    const ran = runAt(replayed, 5);
    const entry = replayed.script[4];
    if (ran === null || ran === undefined || entry === undefined) throw new Error('no run');
    const frames = framesOf(replayed, 5);
    const hits = executedLines('dynamic', ran, entry.line, frames);
    if (hits === null) throw new Error('other calls');
    const at = frames.findIndex(({ fn }) => fn === 'vfio_msi_set_vector_signal');
    const file = 'src/kernel/generations/dynamic.ts';
    const lines = readFileSync(file, 'utf8').split('\n');
    const texts = [...(hits.get(at) ?? [])]
      .filter((place) => place.startsWith(file))
      .map((place) => lines[Number(place.split(':')[1]) - 1]?.trim());
    expect(texts).toContain('free_irq(k, irq, old.trigger);');
    // a statement of several lines
    expect(texts).toContain('old.producer ? old.trigger : null,');
    expect(texts).toContain('return fdget;');
    expect(texts).not.toContain('if (msix) pci_write_msi_msg(k, irq, get_cached_msi_msg(k, irq));');
  });

  test('makes the same calls as the model in random scripts, on every kernel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRESETS),
        fc.array(anyLikelyLine, { minLength: 4, maxLength: 10 }),
        (preset, lines) => {
          let machine = bootMachine(device, preset.host);
          for (const line of lines) {
            const made = run(generation(preset.generation), machine, line, { frames: true });
            const hits = executedLines(preset.generation, made, line, made.frames);
            expect(hits).not.toBeNull();
            made.frames.forEach(({ fired }, at) => {
              if (fired === undefined) expect(hits?.get(at)?.size, made.frames[at]?.fn).toBeGreaterThan(0);
            });
            machine = made.after;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
