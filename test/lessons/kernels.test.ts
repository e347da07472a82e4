// The statements of the lessons on releases, hosts and a real trace, beside runs of the model, recordings and the trace itself.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { holdsIn } from '../../src/explore/predicate.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { printBare } from '../../src/formats/notation/printLine.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import type { Step } from '../../src/kernel/invariants/invariant.ts';
import { kernelById } from '../../src/kernel/kernels.ts';
import { RELEASES, type ReleaseId, release } from '../../src/kernel/releases.ts';
import { run } from '../../src/kernel/run.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { linesOf, ownLines, predicateOf } from '../../src/lessons/play.ts';
import { onKernel } from '../../src/session/deviceSpec.ts';
import { type ScriptLine, unchangedDevice } from '../../src/session/script.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { VFIO_IRQ_INFO_EVENTFD, VFIO_IRQ_INFO_NORESIZE } from '../../src/uapi/vfio.ts';

function lesson(id: string) {
  return LESSONS.find((one) => one.id === id) ?? expect.fail(`no lesson ${id}`);
}

const linesOfStep = (id: string, at: number) =>
  ownLines(lesson(id).steps[at] ?? expect.fail(`no step ${at + 1} of ${id}`));

/** Runs lines after the starting script of a lesson on a release, on another device if one is named. */
function onRelease(of: ReleaseId, id: string, lines: readonly ScriptLine[], model?: string): readonly Step[] {
  const { device, lines: first } = linesOf(lesson(id).script);
  const spec = { ...(device ?? unchangedDevice('nvme')), ...(model === undefined ? {} : { model }) };
  const kernel = kernelById(of) ?? expect.fail(`no kernel ${of}`);
  const made = scriptMachine(onKernel(spec, kernel), generation(kernel.generation));
  if (!made.ok) throw new Error('no machine');
  let { machine } = made.value;
  return [...first, ...lines].map(({ line }) => {
    const done = run(made.value.generation, machine, line);
    machine = done.after;
    return { line, run: done };
  });
}

function holds(predicate: string, steps: readonly Step[]): boolean {
  return holdsIn(predicateOf(predicate), steps.at(-1) ?? expect.fail('no line'));
}

describe('reset-memory', () => {
  test('the interrupt is pending on exactly the releases without the fix', () => {
    const [off, on] = [linesOfStep('reset-memory', 0), linesOfStep('reset-memory', 3)];
    for (const { id, facts } of RELEASES) {
      const stuck = facts.resetRestore === 'memory-as-is';
      expect(
        holds(stuck ? 'pending 0 and attached 0' : 'interrupt-delivered', onRelease(id, 'reset-memory', off)),
        id,
      ).toBe(true);
      // with memory decoding on, all agree
      expect(holds('interrupt-delivered', onRelease(id, 'reset-memory', on)), id).toBe(true);
      expect(holds('interrupt-delivered', onRelease(id, 'reset-memory', off, 'e1000e')), id).toBe(true);
    }
    const restores = (id: ReleaseId) => release(id).facts.resetRestore;
    expect((['6.1.187', '6.12.107'] as const).map(restores)).toEqual(['memory-as-is', 'memory-as-is']);
    expect((['6.1.190', '6.12.111', '7.3'] as const).map(restores)).toEqual([
      'memory-on',
      'memory-on',
      'memory-on',
    ]);
  });

  test('vector 1 stays without a message until it is attached again', () => {
    const lines = [
      ...linesOfStep('reset-memory', 0),
      ...linesOfStep('reset-memory', 1),
      ...linesOf('raise 1').lines,
    ];
    expect(
      holds('pending 1 and attached 1 and not pending 0', onRelease('6.12.107', 'reset-memory', lines)),
    ).toBe(true);
  });
});

describe('releases', () => {
  const on = (of: ReleaseId, text: string) => onRelease(of, 'releases', linesOf(text).lines);

  test('each step gives the named result on the other release too', () => {
    expect(['5.10', '5.11', '6.1'].map((id) => release(id).facts.unmaskReads)).toEqual([false, true, true]);
    expect(on('6.1', 'write 100 1 size=16').at(-1)?.run.ret).toBe(8);
    expect(holds('errno EINVAL', on('6.12', 'write 100 1 size=16'))).toBe(true);
    expect(on('6.1', 'set_irqs req trigger eventfd 0 [-2]').at(-1)?.run.ret).toBe(0);
    for (const { id } of RELEASES.filter(({ order }) => order[0] < 7 || order[1] < 3))
      expect(holds('errno EINVAL', on(id, 'irq_info err')), id).toBe(true);
    expect(on('7.3', 'irq_info err').at(-1)?.run).toMatchObject({ ret: 0, out: { count: 1 } });
  });
});

describe('noresize', () => {
  test('the model and the arm64 recordings agree on flags and results', () => {
    const info = onRelease('6.12', 'noresize', linesOf('irq_info msix').lines).at(-1)?.run.out;
    expect(info?.flags).toBe(VFIO_IRQ_INFO_EVENTFD | VFIO_IRQ_INFO_NORESIZE);
    const arm = (path: string, step: number) => {
      const packed = readFileSync(new URL(`../recordings/${path}.jsonl.gz`, import.meta.url));
      const read = parseRecording(gunzipSync(packed).toString('utf8'));
      if (!read.ok) throw new Error(path);
      return read.value.steps[step] ?? expect.fail(`${path} has no step ${step}`);
    };
    expect(arm('no-dynamic-arm64/linux-6.12/dynamic-single', 4).errno).toBe('EINVAL');
    expect(arm('dynamic-arm64/linux-7.3/dynamic-single', 4).ret).toBe(0);
    expect(arm('no-dynamic-arm64/linux-6.12/info', 3).out?.flags).toBe(9);
    expect(arm('dynamic-arm64/linux-7.3/info', 3).out?.flags).toBe(1);
  });

  test('before v6.5 the block past the range fails', () => {
    expect(
      holds('errno EINVAL and attached 0', onRelease('6.1', 'noresize', linesOfStep('noresize', 1))),
    ).toBe(true);
  });
});

describe('read-trace', () => {
  const ROOT = new URL('../traces/', import.meta.url);

  test('its ioctls and their results are those of the trace', () => {
    const text = readFileSync(new URL('qemu-7.2.22-6.12.117-n-msix.right.txt', ROOT), 'utf8');
    const [, excerpt = ''] = /# -- enable-msix\n([\s\S]*?)# -- function-mask on/.exec(text) ?? [];
    const ioctls = (lines: readonly ScriptLine[]) =>
      lines
        .filter(({ line: { op } }) => op.op === 'set_irqs' && op.index === 2)
        // the trace writes no result where it is 0
        .map((entry) => [printBare(entry), entry.traced?.errno ?? null]);
    const { script } = lesson('read-trace');
    const told = [...linesOf(script).lines, ...linesOfStep('read-trace', 0), ...linesOfStep('read-trace', 1)];
    expect(ioctls(told)).toEqual(ioctls(parseScript(excerpt).script.lines));
    expect(ioctls(told).length).toBe(11);
  });

  test('every traced result is that of every release; the last step differs on 6.1', () => {
    const told = [...linesOfStep('read-trace', 0), ...linesOfStep('read-trace', 1)];
    const { lines } = linesOf(lesson('read-trace').script);
    for (const { id } of RELEASES) {
      const results = onRelease(id, 'read-trace', told).map(({ run: { ret, errno } }) => ({ ret, errno }));
      [...lines, ...told].forEach(({ traced }, at) => {
        if (traced !== undefined)
          expect(results[at], `line ${at} on ${id}`).toMatchObject({ ret: traced.ret, errno: traced.errno });
      });
    }
    const last = [...told, ...linesOfStep('read-trace', 3)];
    expect(holds('errno EINVAL', onRelease('6.1', 'read-trace', last))).toBe(true);
    expect(holds('not fails', onRelease('6.12', 'read-trace', last))).toBe(true);
  });
});
