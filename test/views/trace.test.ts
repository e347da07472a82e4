import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelFiles } from '../../src/app/ui/modelFiles.ts';
import { CHECKS } from '../../src/kernel/checks.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import { framesOf, runAt } from '../../src/session/replay.ts';
import { callText } from '../../src/views/trace/callText.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { traceLines } from '../../src/views/trace/lines.ts';
import { firstFrame, framePlace } from '../../src/views/trace/source.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

test('explains every kernel call of random scripts, on every kernel and device', () => {
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

test('has a sentence, a section and a file for every check', () => {
  for (const [id, { why, section, file }] of Object.entries(CHECKS)) {
    expect(why, id).toMatch(/\.$/);
    expect(section, id).not.toBe('');
    expect(file, id).toMatch(/\.[ch]$|^(device model|script)$/);
  }
});

test.each(['dynamic + free-on-error', 'v3 + context-array', 'dynamic + restore-block'] as const)(
  'model source of %s contains every function that a failing line calls',
  (id) => {
    const files = modelFiles(id);
    for (const line of [4, 5]) {
      const frames = framesOf(replayOf(FAILED_ASSIGNMENT, id), line);
      frames.forEach(({ fn }, at) => {
        expect(framePlace(files, frames, at)?.frame, fn).toBe(at);
      });
    }
  },
);

describe.each(GENERATIONS.map(({ id }) => id))('model source of %s', (id) => {
  const files = modelFiles(id);

  test('contains every function that a failing line calls', () => {
    const frames = framesOf(replayOf(FAILED_ASSIGNMENT, id), 5);
    frames.forEach(({ fn }, at) => {
      expect(framePlace(files, frames, at)?.frame, fn).toBe(at);
    });
  });

  test('opens at the function of the selected call, also in shared files', () => {
    const frames = framesOf(replayOf(FAILED_ASSIGNMENT, id), 5);
    const placeOf = (fn: string) =>
      framePlace(
        files,
        frames,
        frames.findIndex((one) => one.fn === fn),
      )?.place;
    expect(placeOf('vfio_msi_set_block')?.path).toBe(`src/kernel/generations/${id}.ts`);
    const fdget = placeOf('eventfd_ctx_fdget');
    expect(fdget?.path).toBe('src/kernel/services/eventfd.ts');
    const lines = files.find(({ path }) => path === fdget?.path)?.lines ?? [];
    expect(lines[(fdget?.from ?? 0) - 1]).toContain('function eventfd_ctx_fdget(');
    expect(lines[(fdget?.to ?? 0) - 1]).toBe('}');
  });

  test('opens at the refusing check when no call is selected', () => {
    const frames = framesOf(replayOf(FAILED_ASSIGNMENT, id), 5);
    expect(frames[firstFrame(frames, 'eventfd.closed') ?? -1]?.fn).toBe('eventfd_ctx_fdget');
  });
});

describe('calls as text', () => {
  const textOf = (text: string, line: number, minor: boolean) => {
    const replayed = replayOf(text);
    const frames = framesOf(replayed, line);
    const lines = traceLines(frames, runAt(replayed, line));
    return callText(`script line ${line}`, minor ? lines : lines.filter((one) => !one.minor), frames);
  };

  test('prints a refused line as the function_graph tracer does', () => {
    expect(textOf(FAILED_ASSIGNMENT, 5, false)).toMatchInlineSnapshot(`
      "# script line 5
      vfio_pci_ioctl_set_irqs(argsz=24, flags=0x24, index=2, start=1, count=1) {
        vfio_set_irqs_validate_and_prepare(num_irqs=8, max_irq_type=5); /* = 0 */
        vfio_pci_set_irqs_ioctl(flags=0x24, index=2, start=1, count=1) {
          vfio_pci_set_msi_trigger(index=2, start=1, count=1, flags=0x24) {
            vfio_msi_set_block(start=1, count=1) {
              vfio_msi_set_vector_signal(vector=1, fd=999) {
                irq_bypass_unregister_producer(irq=26, ev=1);
                pci_irq_vector(nr=1); /* = 26 */
                free_irq(irq=26, ev=1);
                eventfd_ctx_put(ev=1);
                eventfd_ctx_fdget(fd=999); /* = -EBADF */
              } /* = -EBADF */
              vfio_msi_set_vector_signal(vector=1, fd=-1); /* = 0 */
            } /* = -EBADF */
          } /* = -EBADF */
        } /* = -EBADF */
      } /* = -EBADF */
      "
    `);
  });

  test('prints results of 0', () => {
    const text = 'eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nraise 0';
    expect(textOf(text, 2, false)).toMatchInlineSnapshot(`
      "# script line 2
      vfio_pci_ioctl_set_irqs(argsz=24, flags=0x24, index=2, start=0, count=1) {
        vfio_set_irqs_validate_and_prepare(num_irqs=8, max_irq_type=5); /* = 0 */
        vfio_pci_set_irqs_ioctl(flags=0x24, index=2, start=0, count=1) {
          vfio_pci_set_msi_trigger(index=2, start=0, count=1, flags=0x24) {
            vfio_msi_enable(nvec=1) {
              pci_alloc_irq_vectors(min=1, max=1, flags=0x04) {
                pci_intx(enable=0);
              } /* = 1 */
            } /* = 0 */
            vfio_msi_set_block(start=0, count=1) {
              vfio_msi_set_vector_signal(vector=0, fd=100) {
                vfio_msi_alloc_irq(vector=0) {
                  pci_irq_vector(nr=0); /* = 25 */
                } /* = 25 */
                eventfd_ctx_fdget(fd=100); /* = 0 */
                get_cached_msi_msg(irq=25);
                pci_write_msi_msg(irq=25, msg=fee00218:0000);
                request_irq(irq=25, ev=0); /* = 0 */
                irq_bypass_register_producer(irq=25, ev=0); /* = 0 */
              } /* = 0 */
            } /* = 0 */
          } /* = 0 */
        } /* = 0 */
      } /* = 0 */
      "
    `);
  });

  test('prints a raised interrupt as a comment', () => {
    const swap =
      'eventfd 10\neventfd 11\nset_irqs msix trigger eventfd 0 [10]\nset_irqs msix trigger eventfd 0 [11]';
    const text = textOf(`${swap} ! raise 0 after free_irq#1`, 4, false);
    expect(text).toMatch(/free_irq\(.*;\n *\/\* device raises\(.*\): .* \*\/\n/);
  });

  test('closes every call that it opens, with minor calls and without', () => {
    for (const minor of [true, false]) {
      const text = textOf(FAILED_ASSIGNMENT, 4, minor);
      expect(text.match(/\{( \/\*|$)/gm)).toHaveLength(text.match(/^ *\}/gm)?.length ?? 0);
    }
  });
});
