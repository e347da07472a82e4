// Measures the model: operations per second without frames, and one ioctl that enables the largest table with all frames.

import { parseScript } from '../../src/formats/notation/parse.ts';
import type { Generation } from '../../src/kernel/generations/generation.ts';
import { run } from '../../src/kernel/run.ts';
import type { Machine } from '../../src/machine/machine.ts';
import type { Script } from '../../src/session/script.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { baselineTimes, comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { median } from './statistics.ts';

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

/** Repeats the script from one machine for at least `milliseconds`. Returns operations per second. */
function operationsASecond({ generation, machine }: Start, script: Script, milliseconds: number): number {
  let operations = 0;
  const begin = performance.now();
  while (performance.now() - begin < milliseconds) {
    let now = machine;
    for (const { line } of script.lines) now = run(generation, now, line).after;
    operations += script.lines.length;
  }
  return (operations / (performance.now() - begin)) * 1000;
}

/** Returns operations per second for each round, after one that only warms up. */
function rates(from: Start, text: string, rounds: number): readonly number[] {
  const script = wholeScript(text);
  operationsASecond(from, script, WARM_UP);
  return Array.from({ length: rounds }, () => operationsASecond(from, script, ROUND));
}

/** Lengths of a round and of the round before, ms. */
const ROUND = 200;
const WARM_UP = 200;

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
export async function benchModel({ rounds }: How): Promise<readonly Figure[]> {
  const small = rates(start('device nvme dynamic', EVENTFDS), MIXED, rounds);
  const all = `set_irqs msix trigger eventfd 0 [${Array.from({ length: 2048 }, () => 100).join(' ')}]`;
  const large = start('device nvme2048 dynamic cpu_vectors=4096', `${EVENTFDS}\n${all}`);
  const onLarge = rates(large, ON_LARGE, rounds);

  const empty = start('device nvme2048 dynamic cpu_vectors=4096', EVENTFDS);
  const [enable] = wholeScript(all).lines;
  if (enable === undefined) throw new Error('no line');
  for (let warm = 0; warm < 3; warm++) run(empty.generation, empty.machine, enable.line, { frames: true });
  const plain = 'the same without frames';
  const times: number[] = [];
  const plainTimes: number[] = [];
  const heaps: number[] = [];
  let frames = 0;
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    frames = run(empty.generation, empty.machine, enable.line, { frames: true }).frames.length;
    times.push(performance.now() - begin);
    plainTimes.push(
      ...baselineTimes(plain, 2048, 1, () => {
        const { happenings } = run(empty.generation, empty.machine, enable.line);
        return happenings.filter(({ kind }) => kind === 'attached').length;
      }),
    );
    heaps.push(heapOfFrames(empty, enable.line));
  }
  return [
    figureOf('operations without frames, 8 vectors', '1/s', small),
    figureOf(
      'operations without frames, 2,048 vectors attached',
      '1/s',
      onLarge,
      comparedTo('the 8-vector device', median(small), median(onLarge)),
    ),
    figureOf(`one ioctl enabling 2,048 vectors without frames`, 'ms', plainTimes),
    figureOf(
      `one ioctl enabling 2,048 vectors with all ${frames} frames`,
      'ms',
      times,
      comparedTo(plain, median(plainTimes), median(times)),
    ),
    figureOf('its memory', 'MB', heaps),
  ];
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
