// Scripts printed in each form of a trace, damaged as mails, logs and terminals damage them, open to the same script, or the loss is named.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printScript } from '../../../src/formats/notation/print.ts';
import { straceLine } from '../../../src/formats/strace.ts';
import { generation } from '../../../src/kernel/generations/index.ts';
import type { Op } from '../../../src/kernel/line.ts';
import { recordedPreset } from '../../../src/kernel/presets.ts';
import { run } from '../../../src/kernel/run.ts';
import { bootMachine } from '../../../src/machine/boot.ts';
import { deviceByName } from '../../../src/machine/devices.ts';
import type { ScriptLine } from '../../../src/session/script.ts';
import {
  crlf,
  fenced,
  indented,
  LOG_PREFIXES,
  logged,
  NUMBERS,
  numbered,
  quote,
  quotedPrintable,
  sideBySide,
  wrap,
} from './damage.ts';
import { opsOf, readText } from './read.ts';
import { traceText } from './truth.ts';

const fd = fc.integer({ min: 100, max: 107 });
const action: fc.Arbitrary<Op> = fc.oneof(
  fd.map((at): Op => ({ op: 'eventfd', fd: at, initval: 0n, semaphore: false })),
  fd.map((at): Op => ({ op: 'close', fd: at })),
  fc.record({ start: fc.integer({ min: 0, max: 6 }), fd }).map(
    ({ start, fd: at }): Op => ({
      op: 'set_irqs',
      argsz: 24,
      flags: 0x24,
      index: 2,
      start,
      count: 1,
      data: { kind: 'i32', values: [at] },
    }),
  ),
  fc.constant<Op>({
    op: 'set_irqs',
    argsz: 20,
    flags: 0x21,
    index: 2,
    start: 0,
    count: 0,
    data: { kind: 'none' },
  }),
);
/** Enough operations that a reader sees the pattern of the damage. */
const ops = fc.array(action, { minLength: 12, maxLength: 40 });

const lineOf = (op: Op): ScriptLine => ({
  line: { op, faults: [] },
  note: '',
  action: '',
  disabled: false,
});

/** Writers of the forms that contain every operation. */
const WRITERS: Readonly<Record<string, (all: readonly Op[]) => string>> = {
  notation: (all) => printScript({ device: null, lines: all.map(lineOf) }),
  'irqscope-strace': (all) => {
    let now = bootMachine(deviceByName('nvme') ?? expect.fail(), recordedPreset('dynamic').host);
    return all
      .map((op) => {
        const made = run(generation('dynamic'), now, { op, faults: [] });
        now = made.after;
        return `${straceLine(op, made)}\n`;
      })
      .join('');
  },
  kprobe: (all) =>
    `# vfio-irqs 1: SET_IRQS of vfio-pci, by bpftrace\n${all.map((op) => `${probeLine(op)}\n`).join('')}`,
};

function probeLine(op: Op): string {
  if (op.op === 'eventfd') return `eventfd tid=41 fd=${op.fd} initval=0 flags=0x0`;
  if (op.op === 'close') return `close tid=41 fd=${op.fd}`;
  if (op.op !== 'set_irqs') return '';
  const { flags, index, start, count, data } = op;
  const hex = flags.toString(16);
  const head = `set_irqs tid=41 vdev=0xffff888101230000 flags=0x${hex} index=${index} start=${start} count=${count}`;
  const values = data.kind === 'i32' ? `\ndata tid=41 at=0 ${data.values.join(' ')}` : '';
  return `${head}${values}\nret tid=41 ret=0`;
}

/** Damages that lose nothing. */
const DAMAGES: Readonly<Record<string, (text: string) => string>> = {
  'quoted once': (text) => quote(text, 1),
  'quoted three times': (text) => quote(text, 3),
  'quoted-printable': quotedPrintable,
  'quoted, then quoted-printable': (text) => quotedPrintable(quote(text, 2)),
  'in the journal': (text) => logged(text, LOG_PREFIXES.journal),
  'in the journal, quoted': (text) => quote(logged(text, LOG_PREFIXES.journalIso), 1),
  'from a container': (text) => logged(text, LOG_PREFIXES.cri),
  'with CR LF': crlf,
  indented: (text) => indented(text, '    '),
  numbered: (text) => numbered(text, NUMBERS.cat),
  fenced,
};

describe.each(Object.keys(WRITERS))('a script printed as %s', (form) => {
  const write = WRITERS[form] ?? expect.fail();

  test.each(Object.keys(DAMAGES))('opens to the same script when it is %s', (name) => {
    const damage = DAMAGES[name] ?? expect.fail();
    fc.assert(
      fc.property(ops, (all) => {
        const text = write(all);
        const read = readText(damage(text));
        expect(read.id).toBe(form);
        expect(read.lines.map(({ line }) => line.op)).toEqual(
          readText(text).lines.map(({ line }) => line.op),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('names the lines that a person left out', () => {
    fc.assert(
      fc.property(ops, fc.nat(8), (all, at) => {
        const lines = write(all).trimEnd().split('\n');
        const place = Math.min(at + 2, lines.length - 1);
        // a mark in the middle of a call would end it
        fc.pre(!/^(?:data|ret) /.test(lines[place] ?? ''));
        const text = [...lines.slice(0, place), '[...]', ...lines.slice(place)].join('\n');
        const { summary, rows } = readText(text, form);
        if (form === 'notation') expect(rows[place]?.kind).toBe('bad');
        else {
          expect(rows[place]?.kind).toBe('passed');
          expect(summary.assumed.join(' ')).toContain(`leaves lines out in line ${place + 1}`);
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** Real traces of several forms. */
const TRACES = [
  'qemu-11.1-k-msix.qemu.log',
  'qemu-7.2-k-linux.qemu.log',
  'qemu-7.2-k-msix.ftrace.txt',
  'qemu-11.1-pid.bpftrace-0.27.txt',
];

const LOSSLESS: Readonly<Record<string, (text: string) => string>> = {
  ...DAMAGES,
  'wrapped and quoted': (text) => quote(wrap(text, 72), 1),
  'wrapped at 76': (text) => wrap(text, 76),
};

describe.each(TRACES)('the trace %s', (name) => {
  const text = traceText(name);
  const right = opsOf(text);

  test.each(Object.keys(LOSSLESS))('opens to the same script when it is %s', (way) => {
    const damaged = (LOSSLESS[way] ?? expect.fail())(text);
    expect(opsOf(damaged)).toEqual(right);
  });
});

test('two traces side by side are a choice, and each column opens to its script', () => {
  const [left, right] = ['qemu-11.1-k-msix.qemu.log', 'qemu-10.0-k-many.qemu.log'].map(traceText);
  const both = sideBySide(left ?? '', right ?? '', 130, false);
  const side = readText(both).summary.guesses.find(({ id }) => id === 'side');
  expect(side?.options.map(({ value }) => value)).toEqual(['left', 'right', 'both']);
  const sets = (text: string, choice?: string) => {
    const choices = new Map(choice === undefined ? [] : [['side', choice]]);
    return readText(text, undefined, 4096, choices)
      .lines.map(({ line }) => line.op)
      .filter(({ op }) => op === 'set_irqs');
  };
  expect(sets(both, 'left')).toEqual(sets(left ?? ''));
  expect(sets(both, 'right')).toEqual(sets(right ?? ''));
});
