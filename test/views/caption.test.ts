// The sentence below the wiring: its counts are those of the machine, in every mode and under every generation.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { machineAfter, replay } from '../../src/session/replay.ts';
import { emptySession, scriptLine } from '../../src/session/session.ts';
import { captionOf } from '../../src/views/wiring/caption.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

type Place = Parameters<typeof replayOf>;

function captionAt(line: number, ...place: Place): string {
  return captionOf(machineAfter(replayOf(...place), line));
}

test('names the cached vector of a failed assignment; V3 frees its irq', () => {
  expect(captionAt(0, FAILED_ASSIGNMENT)).toBe('None of the 8 vectors has an irq.');
  expect(captionAt(4, FAILED_ASSIGNMENT)).toBe('3 of 8 vectors have an irq; all are attached to an eventfd.');
  expect(captionAt(5, FAILED_ASSIGNMENT)).toBe(
    '3 of 8 vectors have an irq; 2 are attached to an eventfd, vector 1 is cached: its irq stays without a handler.',
  );
  expect(captionAt(5, FAILED_ASSIGNMENT, 'v3')).toBe(
    '2 of 8 vectors have an irq; all are attached to an eventfd.',
  );
});

test('a raise at a cached vector is pending, and a release frees every irq', () => {
  const script = `${FAILED_ASSIGNMENT}\nraise 1\nrelease`;
  expect(captionAt(6, script)).toMatch(/handler\. An interrupt is pending at vector 1\.$/);
  expect(captionAt(7, script)).toMatch(/^The device is released\. None of the 8 vectors has an irq\./);
});

test('one vector is a vector in the singular', () => {
  const script = 'eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nset_irqs msix trigger eventfd 0 [-1]';
  expect(captionAt(2, script)).toBe('1 of 8 vectors has an irq; 1 is attached to an eventfd.');
  expect(captionAt(3, script)).toBe(
    '1 of 8 vectors has an irq; none is attached to an eventfd, vector 0 is cached: its irq stays without a handler.',
  );
});

test('INTx has a sentence about the pin, and MSI counts its own vectors', () => {
  const intx = 'eventfd 100\nset_irqs intx trigger eventfd 0 [100]\nset_irqs intx mask none 0 1';
  expect(captionAt(2, intx, 'dynamic', 'e1000e')).toMatch(
    /^INTx is enabled: irq \d+ has a handler, which signals fd 100\. None of the \d+ vectors has an irq\.$/,
  );
  expect(captionAt(3, intx, 'dynamic', 'e1000e')).toContain('vfio has masked the pin.');
  const msi = 'eventfd 100\nset_irqs msi trigger eventfd 0 [100]';
  expect(captionAt(2, msi, 'dynamic', 'e1000e')).toMatch(
    /^1 of \d+ vectors? has an irq; 1 is attached to an eventfd\.$/,
  );
});

test('2,048 vectors: a long list of vectors is a count', () => {
  const fds = Array.from({ length: 2048 }, (_, at) => (at % 2 === 0 && at < 200 ? '100' : '-1')).join(' ');
  expect(captionAt(2, `eventfd 100\nset_irqs msix trigger eventfd 0 [${fds}]`, 'dynamic', 'nvme2048')).toBe(
    '2,048 of 2,048 vectors have an irq; 100 are attached to an eventfd, 1,948 vectors are cached: their irqs stay without a handler.',
  );
});

/** Reads the counts back from the sentence. */
function countsIn(caption: string, total: number) {
  const number = (pattern: RegExp, none = 0) => {
    const found = pattern.exec(caption)?.[1];
    return found === undefined ? none : Number(found.replaceAll(',', ''));
  };
  const listed = (pattern: RegExp) => {
    const found = pattern.exec(caption)?.[1];
    if (found === undefined) return 0;
    const several = /^([\d,]+) vectors$/.exec(found)?.[1];
    if (several !== undefined) return Number(several.replaceAll(',', ''));
    return found
      .replace(/^vectors? /, '')
      .split(', ')
      .reduce((sum, part) => {
        const [from = 0, to = from] = part.split('–').map(Number);
        return sum + to - from + 1;
      }, 0);
  };
  const irqs = number(/([\d,]+) of (?:[\d,]+) vectors?/);
  return {
    total: number(/[\d,]+ of ([\d,]+) vectors?/, total),
    irqs,
    attached: /all are attached/.test(caption) ? irqs : number(/; ([\d,]+) (?:is|are) attached/),
    cached: listed(/eventfd, (vectors? [\d–, ]*\d|[\d,]+ vectors) (?:is|are) cached/),
    pending: listed(/pending at (vectors? [\d–, ]*\d|[\d,]+ vectors)\.$/),
  };
}

function countsOf({ domain, pci, device, vdev }: Machine) {
  const isMsi =
    domain.mode === 'msi' || (domain.mode === null && (vdev.irq_type === 1 || device.msix === null));
  const descs = domain.descs.entries().map(([, desc]) => desc);
  const attached = descs.filter(({ handler }) => handler !== null).length;
  const entries = pci.entries.entries().filter(([, { pending }]) => pending).length;
  return {
    total: (isMsi ? device.msi : device.msix)?.vectors ?? 0,
    irqs: descs.length,
    attached,
    cached: descs.length - attached,
    pending: isMsi ? pci.msi.pending.toString(2).replaceAll(/[^1]/g, '').length : entries,
  };
}

test('the counts of the caption are those of the machine, after every line', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...GENERATIONS.map(({ id }) => id)),
      fc.constantFrom(...DEVICES.map(({ name }) => name)),
      fc.array(anyLikelyLine, { maxLength: 25, size: 'max' }),
      (generation, device, lines) => {
        const opened = [100, 101, 102, 103].map((fd) =>
          scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] }),
        );
        const script = [...opened, ...lines.map((line) => scriptLine(line))];
        const replayed = replay({ ...emptySession(generation, device), script });
        for (let line = 0; line <= script.length; line++) {
          const machine = machineAfter(replayed, line);
          const counts = countsOf(machine);
          const caption = captionOf(machine);
          expect(countsIn(caption, counts.total), caption).toEqual(counts);
          expect(caption.includes('The device is released.')).toBe(machine.openCount === 0);
          expect(caption.includes('INTx is enabled')).toBe(machine.vdev.intx !== null);
          seen.add(machine.domain.mode ?? 'none');
        }
      },
    ),
  );
  expect([...seen].sort()).toEqual(['msi', 'msix', 'none']);
});
