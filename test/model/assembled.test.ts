// The assembled generations: with the policies of a written generation they make the same calls, and every other choice changes
// what some script shows.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import type { Run } from '../../src/kernel/frame.ts';
import { assemble } from '../../src/kernel/generations/assembled.ts';
import {
  GENERATION_IDS,
  type Generation,
  type NamedGenerationId,
} from '../../src/kernel/generations/generation.ts';
import { generation, generationById } from '../../src/kernel/generations/index.ts';
import {
  baseOf,
  changesOf,
  isWhatIf,
  POLICY_CHOICES,
  POLICY_IDS,
  type PolicyToken,
  parseGenerationId,
  policiesOf,
  whatIfId,
} from '../../src/kernel/generations/policies.ts';
import type { Line } from '../../src/kernel/line.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import type { Host } from '../../src/machine/host.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { conform } from '../../src/recordings/conformance.ts';
import { plainMachine } from '../machine/plain.ts';
import { anyLikelyLine } from './likely.ts';

const someDevice = fc.constantFrom(...DEVICES.slice(0, 4).map(({ device }) => device));
const someHost: fc.Arbitrary<Partial<Host>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.constantFrom<Partial<Host>>(
    { canAllocDyn: false },
    { irqPool: 2 },
    { irqRemapping: false },
    { msiController: 'gic' },
    { staticUndo: 'released' },
    { cpuVectors: 2 },
  ),
);
const someToken = fc.constantFrom(...POLICY_IDS.flatMap((id) => [...POLICY_CHOICES[id]]));
const someWhatIf = fc
  .tuple(fc.constantFrom(...GENERATION_IDS), fc.array(someToken, { maxLength: 5 }))
  .map(([base, tokens]) => whatIfId(base, tokens));

function shown({ before: _before, after, frames, ...rest }: Run): unknown {
  return {
    ...rest,
    frames: frames.map(({ fn, args, ret, check, depth }) => ({ fn, args, ret, check, depth })),
    after: plainMachine(after),
  };
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));

/** Runs lines on two generations and compares every run, call by call. */
function expectEqual(one: Generation, other: Generation, start: Machine, lines: readonly Line[]): void {
  let a = start;
  let b = start;
  for (const line of lines) {
    const first = run(one, a, line, { frames: true });
    const second = run(other, b, line, { frames: true });
    const seen = shown(first);
    const made = shown(second);
    // toEqual of every call takes most of the time; it prints the difference if there is one
    if (textOf(made) !== textOf(seen)) expect(made).toEqual(seen);
    a = first.after;
    b = second.after;
  }
}

const LINES = 40;
const someLines = fc.array(anyLikelyLine, { minLength: LINES, maxLength: LINES });

// 6 × 420 × 40 = 100,800 lines
describe.each(GENERATION_IDS)('%s assembled from its policies', (id) => {
  it('makes the calls of the written one in random scripts', () => {
    const { host } = recordedPreset(id);
    fc.assert(
      fc.property(someDevice, someHost, someLines, (device, facts, lines) => {
        expectEqual(generation(id), assemble(id), bootMachine(device, { ...host, ...facts }), lines);
      }),
      { numRuns: 420 },
    );
  });

  it('is reached from every other generation by changed policies', () => {
    const tokens = Object.values(policiesOf(id));
    for (const base of GENERATION_IDS) {
      const made = whatIfId(base, tokens);
      expect(policiesOf(made)).toEqual(policiesOf(id));
      expect(isWhatIf(made)).toBe(base !== id);
    }
  });
});

const ROOT = join(import.meta.dirname, '../recordings');
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.jsonl.gz'),
);

const FOLDERS = [...new Set(FILES.map((name) => name.split('/')[0] ?? ''))].sort();

it.each(FOLDERS)(
  'agrees with every recording of %s',
  (folder) => {
    const assembled = new Map<NamedGenerationId, Generation>(GENERATION_IDS.map((id) => [id, assemble(id)]));
    for (const name of FILES.filter((one) => one.startsWith(`${folder}/`))) {
      const read = parseRecording(gunzipSync(readFileSync(join(ROOT, name))).toString('utf8'));
      if (!read.ok) throw new Error(name);
      const result = conform(read.value, null, assembled.get(read.value.header.driver) ?? null);
      expect(result.mismatches, name).toEqual([]);
      expect(result.steps).toBeGreaterThan(0);
    }
  },
  300_000,
);

describe('a what-if kernel', () => {
  it('runs every operation of any script', () => {
    fc.assert(
      fc.property(someWhatIf, someDevice, someHost, someLines, (id, device, facts, lines) => {
        let machine = bootMachine(device, { ...recordedPreset(id).host, ...facts });
        for (const line of lines) machine = run(generation(id), machine, line).after;
      }),
      { numRuns: 500 },
    );
  });

  it('has an id that reads back, in any order and with any blanks', () => {
    fc.assert(
      fc.property(someWhatIf, fc.nat(), (id, turn) => {
        const [base = '', ...tokens] = id.split(' + ');
        const turned = [...tokens.slice(turn % 3), ...tokens.slice(0, turn % 3)];
        const read = parseGenerationId([base, ...turned].join(turn % 2 === 0 ? '+' : '  + '));
        expect(read.ok && read.value).toBe(id);
        expect(generationById(id)?.id).toBe(id);
        expect(whatIfId(baseOf(id), changesOf(id))).toBe(id);
      }),
    );
  });

  it.each([
    ['free-on-error', 'free-on-error'],
    ['dynamic + free-on-errors', 'free-on-errors'],
    ['dynamic + free-on-error + keep-on-error', 'keep-on-error'],
    ['dynamic +', ''],
    ['6.12 + free-on-error', '6.12'],
  ])('is not named by “%s”', (text, found) => {
    const read = parseGenerationId(text);
    expect(read.ok ? null : read.problems[0].found).toBe(found);
    expect(generationById(text)).toBeUndefined();
  });
});

/** Hosts on which a choice shows; the others show on the recorded one. */
const SHOWS_ON: Readonly<Partial<Record<PolicyToken, Partial<Host>>>> = {
  'unwind-by-release': { staticUndo: 'released' },
};

/** Scripts for choices that random ones rarely show: a GIC's irq keeps the message of its allocation, and the device loses it. */
const LOST_MESSAGE = `eventfd 100
set_irqs msix trigger eventfd 0 [-1]
clobber 0
raise 0
set_irqs msix trigger eventfd 0 [100]`;

function linesOf(text: string): readonly Line[] {
  const { script, problems } = parseScript(text);
  expect(problems).toEqual([]);
  return script.lines.map(({ line }) => line);
}

/** What somebody can see of a run besides its calls. */
function visible(made: Run): string {
  return textOf(shown({ ...made, frames: [] }));
}

/** Returns whether some line shows another run on `other`. */
function differ(other: Generation, start: Machine, lines: readonly Line[]): boolean {
  let machine = start;
  return lines.some((line) => {
    const made = run(generation('dynamic'), machine, line);
    const seen = visible(made) !== visible(run(other, machine, line));
    machine = made.after;
    return seen;
  });
}

const CHOICES = POLICY_IDS.flatMap((id) =>
  POLICY_CHOICES[id].filter((one) => one !== policiesOf('dynamic')[id]),
);
const BY_MESSAGE: readonly PolicyToken[] = ['message-last', 'skip-message'];

describe('every choice changes what some script shows', () => {
  it.each(CHOICES.filter((token) => !BY_MESSAGE.includes(token)))('%s', (token) => {
    const other = generation(whatIfId('dynamic', [token]));
    const host = { ...recordedPreset('dynamic').host, ...SHOWS_ON[token] };
    const found = fc
      .sample(fc.tuple(someDevice, someLines), { numRuns: 400, seed: 5 })
      .some(([device, lines]) => differ(other, bootMachine(device, host), lines));
    expect(found).toBe(true);
  });

  it.each(BY_MESSAGE)('%s', (token) => {
    const other = generation(whatIfId('dynamic', [token]));
    const { device } = DEVICES[0] ?? expect.unreachable();
    const host: Host = { ...recordedPreset('dynamic').host, msiController: 'gic' };
    expect(differ(other, bootMachine(device, host), linesOf(LOST_MESSAGE))).toBe(true);
  });
});

describe('a true rollback', () => {
  const rollback = generation(whatIfId('dynamic', ['restore-block']));
  const start = bootMachine((DEVICES[0] ?? expect.unreachable()).device, recordedPreset('dynamic').host);

  it('leaves eventfds and irqs as they were before a block that fails', () => {
    let machine = start;
    for (const line of linesOf(`eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100, -1]`))
      machine = run(rollback, machine, line).after;
    const [block] = linesOf('set_irqs msix trigger eventfd 0 [101, 101, 101, 999]');
    const made = run(rollback, machine, block ?? expect.unreachable());
    expect(made.errno).toBe('EBADF');
    const wiring = ({ vdev, domain, eventfds, producers }: Machine) => ({
      contexts: vdev.ctx.entries(),
      irqs: domain.descs.entries().map(([vector, { irq, handler }]) => ({ vector, irq, handler })),
      eventfds: eventfds.entries(),
      producers: producers.entries(),
    });
    expect(wiring(made.after)).toEqual(wiring(machine));
  });

  it('keeps a vector detached if its handler cannot be installed again', () => {
    let machine = start;
    for (const line of linesOf(`eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100]`))
      machine = run(rollback, machine, line).after;
    // the second handler of the line is that of the restored vector
    const [block] = linesOf('set_irqs msix trigger eventfd 0 [101, 999] ! request_irq#2=EBUSY');
    const made = run(rollback, machine, block ?? expect.unreachable());
    expect(made.errno).toBe('EBADF');
    expect(made.after.vdev.ctx.get(0)).toBeUndefined();
    expect(made.after.domain.descs.get(0)?.handler).toBeNull();
    expect(made.after.domain.descs.has(1)).toBe(false);
    expect(made.after.eventfds.get(0)?.refs).toBe(1);
  });
});
