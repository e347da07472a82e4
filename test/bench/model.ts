// Measures the model: operations per second without frames, and one ioctl that enables the largest table with all frames.

import { parseScript } from '../../src/formats/notation/parse.ts';
import type { Generation } from '../../src/kernel/generations/generation.ts';
import { run } from '../../src/kernel/run.ts';
import type { Machine } from '../../src/machine/machine.ts';
import type { Script } from '../../src/session/script.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { baselineTime, comparedTo } from './baseline.ts';
import type { Figure } from './figure.ts';

interface Start {
  readonly generation: Generation;
  readonly machine: Machine;
}

/** Returns the parsed script. Throws when a line is unreadable, because a bench without it would measure less work. */
function wholeScript(text: string): Script {
  const { script, problems } = parseScript(text);
  if (problems.length > 0 || script.lines.length === 0) throw new Error(JSON.stringify(problems));
  return script;
}

function start(device: string, setUp: string): Start {
  const script = wholeScript(`${device}\n${setUp}`);
  const made = scriptMachine(script.device, null);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  let { machine } = made.value;
  for (const { line } of script.lines) machine = run(made.value.generation, machine, line).after;
  return { generation: made.value.generation, machine };
}

/** Repeats the script from one machine. Returns operations per second, the best of five rounds of at least 200 ms. */
function operationsASecond({ generation, machine }: Start, text: string): number {
  const script = wholeScript(text);
  let best = 0;
  for (let round = 0; round < 5; round++) {
    let operations = 0;
    const begin = performance.now();
    while (performance.now() - begin < 200) {
      let now = machine;
      for (const { line } of script.lines) now = run(generation, now, line).after;
      operations += script.lines.length;
    }
    best = Math.max(best, (operations / (performance.now() - begin)) * 1000);
  }
  return best;
}

const EVENTFDS = Array.from({ length: 8 }, (_, i) => `eventfd ${100 + i}`).join('\n');

const MIXED = `
set_irqs msix trigger eventfd 0 [100 101]
set_irqs msix trigger eventfd 5 [102]
raise 5
set_irqs msix trigger eventfd 1 [999]
set_irqs msix trigger none 0 2
set_irqs msix trigger eventfd 1 [103]
read 102
set_irqs msix trigger none 0 0
`;

const ON_LARGE = `
set_irqs msix trigger eventfd 1500 [102]
raise 1500
set_irqs msix trigger eventfd 700 [999]
set_irqs msix trigger none 500 2
set_irqs msix trigger eventfd 700 [103]
read 102
set_irqs msix trigger eventfd 1500 [-1]
set_irqs msix trigger eventfd 700 [-1]
`;

/** Returns the figures of the model. */
export async function benchModel(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const small = operationsASecond(start('device nvme dynamic', EVENTFDS), MIXED);
  figures.push({ name: 'operations without frames, 8 vectors', value: small, unit: '1/s' });

  const all = `set_irqs msix trigger eventfd 0 [${Array.from({ length: 2048 }, () => 100).join(' ')}]`;
  const large = start('device nvme2048 dynamic cpu_vectors=4096', `${EVENTFDS}\n${all}`);
  const onLarge = operationsASecond(large, ON_LARGE);
  figures.push({
    name: 'operations without frames, 2,048 vectors attached',
    value: onLarge,
    unit: '1/s',
    ...comparedTo('the 8-vector device', small, onLarge),
  });

  const empty = start('device nvme2048 dynamic cpu_vectors=4096', EVENTFDS);
  const [enable] = wholeScript(all).lines;
  if (enable === undefined) throw new Error('no line');
  for (let warm = 0; warm < 3; warm++) run(empty.generation, empty.machine, enable.line, { frames: true });
  let bestTime = Infinity;
  let frames = 0;
  for (let round = 0; round < 7; round++) {
    const begin = performance.now();
    frames = run(empty.generation, empty.machine, enable.line, { frames: true }).frames.length;
    bestTime = Math.min(bestTime, performance.now() - begin);
  }
  const plain = 'the same without frames';
  const plainTime = baselineTime(plain, 2048, () => {
    const { happenings } = run(empty.generation, empty.machine, enable.line);
    return happenings.filter(({ kind }) => kind === 'attached').length;
  });
  figures.push({
    name: `one ioctl enabling 2,048 vectors with all ${frames} frames`,
    value: bestTime,
    unit: 'ms',
    ...comparedTo(plain, plainTime, bestTime),
  });
  figures.push({ name: 'its memory', value: heapOfFrames(empty, enable.line), unit: 'MB' });
  return figures;
}

function heapOfFrames({ generation, machine }: Start, line: Parameters<typeof run>[2]): number {
  if (globalThis.gc === undefined) return Number.NaN;
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const kept = run(generation, machine, line, { frames: true });
  globalThis.gc();
  const after = process.memoryUsage().heapUsed;
  if (kept.frames.length === 0) throw new Error('no frames');
  return (after - before) / 2 ** 20;
}
