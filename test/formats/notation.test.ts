import { describe, expect, test } from 'vitest';
import { parseLine, parseScript } from '../../src/formats/notation/parse.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { printLine } from '../../src/formats/notation/printLine.ts';
import { printOp } from '../../src/formats/notation/printOp.ts';
import type { Op } from '../../src/kernel/line.ts';
import { unchangedDevice } from '../../src/session/script.ts';
import { problemText } from '../../src/text/problem.ts';

/** Returns the operation of a valid line. Throws for any other text. */
function op(text: string): Op {
  const parsed = parseLine(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  return parsed.value.line.op;
}

/** Returns the problems of a text, one sentence each. */
const problems = (text: string) => parseScript(text).problems.map(problemText);

/** Returns the canonical form of a text. */
const canonical = (text: string) => printScript(parseScript(text).script);

const everything = `device nvme msix=8 msi=4 nointx dynamic nodyn noremap irqs=3 cpu_vectors=194
eventfd 100
eventfd 101 5
eventfd 102 semaphore
eventfd 103 5 semaphore
file 200
close 100
read 100
write 100 3
write 100 18446744073709551615
set_irqs msix trigger eventfd 0 [100 -1 101]
set_irqs msix trigger eventfd 0 []
set_irqs msix trigger bool 0 [1 0 1]
set_irqs msix trigger none 1 2
set_irqs msix trigger none 0 0
set_irqs intx mask none 0 1
set_irqs intx unmask eventfd 0 [100]
set_irqs err trigger eventfd 0 [100]
set_irqs req trigger none 0 1
set_irqs msi trigger eventfd 0 [-2147483648 2147483647]
set_irqs raw argsz=24 flags=0x26 index=2 start=0 count=1 u8=100,0,0,0
set_irqs raw argsz=24 flags=0x24 index=7 start=0 count=1 i32=100
set_irqs raw argsz=0 flags=0xffffffff index=4294967295 start=4294967295 count=4294967295
set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=1 i32=
set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=1 u8=
set_irqs msix trigger eventfd 3 [102] ! request_irq#1=ENOSPC kasprintf#2=ENOMEM
set_irqs msix trigger eventfd 0 [102] ! pci_alloc_irq_vectors#1=3
irq_info msix
irq_info 5
device_info
reset
release
reopen
cfg_read off=4 size=2
cfg_write off=4 size=2 value=0x406
clobber 3
raise 1 # again
~ raise 2 # not now
# this is where
#
# the wire breaks
lower
# and this
# is not run
~ lower
`;

describe('canonical text', () => {
  test('reads without problems and prints unchanged', () => {
    expect(problems(everything)).toEqual([]);
    expect(canonical(everything)).toBe(everything);
  });

  test('is empty for an empty script', () => {
    expect(canonical('')).toBe('');
    expect(parseScript('')).toEqual({ script: { device: null, lines: [] }, problems: [], lineOf: [] });
  });

  test('reports the line of text of each script line', () => {
    expect(parseScript('device nvme\n\n# why\nraise 1\n\nraise 2\n').lineOf).toEqual([4, 6]);
  });
});

describe('set_irqs', () => {
  test('in words gets the header that its data needs', () => {
    expect(op('set_irqs msix trigger eventfd 3 [102 -1]')).toEqual({
      op: 'set_irqs',
      argsz: 28,
      flags: 0x24,
      index: 2,
      start: 3,
      count: 2,
      data: { kind: 'i32', values: [102, -1] },
    });
    expect(op('set_irqs intx mask bool 0 [1]')).toMatchObject({
      argsz: 21,
      flags: 0x0a,
      index: 0,
      data: { kind: 'u8' },
    });
    expect(op('set_irqs msi trigger none 1 2')).toMatchObject({
      argsz: 20,
      flags: 0x21,
      index: 1,
      start: 1,
      count: 2,
      data: { kind: 'none' },
    });
  });

  test('raw accepts any header, in any order, and hex data', () => {
    const text = 'set_irqs raw data=64000aFF count=0x1 index=2 start=0 flags=38 argsz=24';
    expect(op(text)).toEqual({
      op: 'set_irqs',
      argsz: 24,
      flags: 0x26,
      index: 2,
      start: 0,
      count: 1,
      data: { kind: 'u8', values: [0x64, 0, 0x0a, 0xff] },
    });
    expect(printOp(op(text))).toBe(
      'set_irqs raw argsz=24 flags=0x26 index=2 start=0 count=1 u8=100,0,10,255',
    );
  });

  test('raw is printed in words when words can express it', () => {
    const raw = 'set_irqs raw argsz=24 flags=0x24 index=2 start=1 count=1 i32=777';
    expect(printOp(op(raw))).toBe('set_irqs msix trigger eventfd 1 [777]');
  });

  const malformed: [string, string][] = [
    ['argsz too large', 'argsz=28 flags=0x24 index=2 start=1 count=1 i32=777'],
    ['argsz too small', 'argsz=20 flags=0x24 index=2 start=1 count=1 i32=777'],
    ['a count that is not the number of values', 'argsz=24 flags=0x24 index=2 start=1 count=2 i32=777'],
    ['two data types', 'argsz=24 flags=0x26 index=2 start=1 count=1 i32=777'],
    ['no data type', 'argsz=24 flags=0x20 index=2 start=1 count=1 i32=777'],
    ['two actions', 'argsz=24 flags=0x34 index=2 start=1 count=1 i32=777'],
    ['no action', 'argsz=24 flags=0x4 index=2 start=1 count=1 i32=777'],
    ['an unknown flag', 'argsz=24 flags=0x64 index=2 start=1 count=1 i32=777'],
    ['bit 31', 'argsz=24 flags=0x80000024 index=2 start=1 count=1 i32=777'],
    ['an unknown index', 'argsz=24 flags=0x24 index=5 start=1 count=1 i32=777'],
    ['eventfds as bytes', 'argsz=24 flags=0x24 index=2 start=1 count=4 u8=1,0,0,0'],
    ['bytes as s32', 'argsz=24 flags=0x22 index=2 start=1 count=1 i32=1'],
    ['data after DATA_NONE', 'argsz=24 flags=0x21 index=2 start=1 count=1 i32=1'],
    ['no data after DATA_EVENTFD', 'argsz=20 flags=0x24 index=2 start=0 count=0'],
  ];
  test.each(malformed)('with %s stays raw', (_, fields) => {
    expect(printOp(op(`set_irqs raw ${fields}`))).toBe(`set_irqs raw ${fields}`);
  });
});

describe('other accepted spellings', () => {
  const typed: [string, string][] = [
    ['disable msix', 'set_irqs msix trigger none 0 0'],
    ['disable 5', 'set_irqs raw argsz=20 flags=0x21 index=5 start=0 count=0'],
    ['set_irqs 2 trigger eventfd 0 [1]', 'set_irqs msix trigger eventfd 0 [1]'],
    ['set_irqs msix trigger eventfd 0 [ 100,-1 , 101 ]', 'set_irqs msix trigger eventfd 0 [100 -1 101]'],
    ['set_irqs msix trigger eventfd 0[100]', 'set_irqs msix trigger eventfd 0 [100]'],
    ['  eventfd\t0x64  ', 'eventfd 100'],
    ['eventfd 100 0', 'eventfd 100'],
    ['eventfd 100 0 semaphore', 'eventfd 100 semaphore'],
    ['write 100', 'write 100 1'],
    ['irq_info 2', 'irq_info msix'],
    ['cfg_write value=1030 size=2 off=0x4', 'cfg_write off=4 size=2 value=0x406'],
    ['~raise 1', '~ raise 1'],
    ['raise 1 !request_irq=ENOSPC', 'raise 1 ! request_irq#1=ENOSPC'],
    ['raise 1 ! request_irq#0x2=EBUSY   # why', 'raise 1 ! request_irq#2=EBUSY # why'],
    ['raise 1 #why', 'raise 1 # why'],
    ['raise 1 #', 'raise 1'],
  ];
  test.each(typed)('%s', (text, printed) => {
    expect(problems(text)).toEqual([]);
    expect(canonical(text)).toBe(`${printed}\n`);
  });

  test('accepts any line break', () => {
    expect(canonical('raise 1\r\nraise 2\rraise 3\n')).toBe('raise 1\nraise 2\nraise 3\n');
  });
});

describe('a note', () => {
  const notesOf = (text: string) => parseScript(text).script.lines.map(({ note }) => note);

  test('is the comment after an operation and the comment lines before it', () => {
    expect(notesOf('# one\n#two\n\nraise 1 # three\nraise 2\n')).toEqual(['one\ntwo\nthree', '']);
  });

  test('before or after the device belongs to the first line', () => {
    expect(notesOf('# about\ndevice nvme # eight\nraise 1 # go\n')).toEqual(['about\neight\ngo']);
  });

  test('after the last line belongs to the last line', () => {
    expect(notesOf('raise 1 # go\n# the end\n')).toEqual(['go\nthe end']);
  });

  test('of a bad line is dropped with it', () => {
    expect(notesOf('# about nonsense\nnonsense # indeed\nraise 1')).toEqual(['']);
  });

  test('is trimmed when printed', () => {
    const line = { line: { op: op('raise 1'), faults: [] }, action: '', disabled: true };
    expect(printLine({ ...line, note: '  two\r\nlines \n' })).toBe('# two\n# lines\n~ raise 1');
    expect(printLine({ ...line, note: ' \n' })).toBe('~ raise 1');
  });
});

describe('a device', () => {
  const device = (text: string) => parseScript(text).script.device;

  test('without settings equals its model', () => {
    expect(device('device e1000e')).toEqual(unchangedDevice('e1000e'));
  });

  test('can be any model', () => {
    expect(device('device 1234:abcd msix=0 msi=32 intx v3')).toEqual({
      ...unchangedDevice('1234:abcd'),
      msix: 0,
      msi: 32,
      intx: true,
      generation: 'v3',
    });
  });

  test('is refused in a single line', () => {
    const parsed = parseLine('device nvme');
    expect(parsed.ok).toBe(false);
  });
});

describe('a single line', () => {
  const answer = (text: string) => {
    const parsed = parseLine(text);
    return parsed.ok ? printLine(parsed.value) : parsed.problems.map(problemText).join('; ');
  };

  test('can have comment lines before it', () => {
    expect(answer('# why\n# indeed\nraise 1\n')).toBe('# why\n# indeed\nraise 1');
  });

  test('is required, and only one is accepted', () => {
    expect(answer('')).toBe('line 1, column 1: expected an operation, found an empty text');
    expect(answer('raise 1\n\nraise 2')).toBe(
      'line 3, column 1: expected one line only, found a second line',
    );
  });
});

describe('a problem', () => {
  const S = 'set_irqs msix trigger eventfd';
  const wrong: [string, string][] = [
    ['evntfd 100', 'line 1, column 1: expected an operation (did you mean "eventfd"?), found "evntfd"'],
    ['  SETIRQS', 'line 1, column 3: expected an operation (did you mean "set_irqs"?), found "SETIRQS"'],
    ['%&$', 'line 1, column 1: expected an operation, found "%&$"'],
    ['~', 'line 1, column 2: expected an operation, found the end of the line'],
    ['eventfd', 'line 1, column 8: expected a descriptor (0 to 1073741823), found the end of the line'],
    ['eventfd -1', 'line 1, column 9: expected a descriptor (0 to 1073741823), found "-1"'],
    ['close 1073741824', 'line 1, column 7: expected a descriptor (0 to 1073741823), found "1073741824"'],
    [
      'eventfd 1 4294967296',
      'line 1, column 11: expected an initial value (0 to 4294967295), found "4294967296"',
    ],
    [
      'eventfd 100 semafore',
      'line 1, column 13: expected "semaphore", "!" or the end of the line, found "semafore"',
    ],
    ['raise 1 2', 'line 1, column 9: expected "!" or the end of the line, found "2"'],
    ['raise 1# x', 'line 1, column 7: expected a vector (0 to 1073741823), found "1#"'],
    ['write 1 -1', 'line 1, column 9: expected a value (0 to 18446744073709551615), found "-1"'],
    ['irq_info msxi', 'line 1, column 10: expected an index (did you mean "msix"?), found "msxi"'],
    [
      'set_irqs msix',
      'line 1, column 14: expected an action ("trigger", "mask" or "unmask"), found the end of the line',
    ],
    ['set_irqs msix trig', 'line 1, column 15: expected an action (did you mean "trigger"?), found "trig"'],
    [`${S} 0 100`, 'line 1, column 33: expected a list ("["), found "100"'],
    [
      `${S} 0 [100 # fds`,
      'line 1, column 37: expected a descriptor or -1 (-2147483648 to 2147483647) or "]", found the end of the line',
    ],
    [
      `${S} 0 [100 2147483648]`,
      'line 1, column 38: expected a descriptor or -1 (-2147483648 to 2147483647), found "2147483648"',
    ],
    ['set_irqs msix trigger bool 0 [256]', 'line 1, column 31: expected a byte (0 to 255), found "256"'],
    ['set_irqs raw argsz=24', 'line 1, column 22: expected flags=, found the end of the line'],
    [
      'set_irqs raw argz=24',
      'line 1, column 14: expected a field of struct vfio_irq_set (did you mean "argsz="?), found "argz=24"',
    ],
    ['set_irqs raw argsz=-1', 'line 1, column 20: expected argsz (0 to 4294967295), found "-1"'],
    [
      'set_irqs raw argsz=1 argsz=2',
      'line 1, column 22: expected a field of struct vfio_irq_set that is not set yet, found "argsz=2"',
    ],
    [
      'set_irqs raw argsz=24 flags=1 index=1 start=1 count=1 u8=1 data=01',
      'line 1, column 60: expected a field of struct vfio_irq_set that is not set yet, found "data=01"',
    ],
    [
      'set_irqs raw argsz=24 flags=1 index=1 start=1 count=1 u8=1,,2',
      'line 1, column 60: expected a byte (0 to 255), found ""',
    ],
    [
      'set_irqs raw argsz=24 flags=1 index=1 start=1 count=1 data=012',
      'line 1, column 60: expected bytes, two hex digits each, found "012"',
    ],
    ['cfg_read off=4', 'line 1, column 15: expected size=, found the end of the line'],
    [
      'cfg_read off=4294967296 size=1',
      'line 1, column 14: expected an offset (0 to 4294967295), found "4294967296"',
    ],
    ['cfg_write off=4 size=1 value=256', 'line 1, column 30: expected a value (0 to 255), found "256"'],
    [
      'raise 1 !',
      'line 1, column 10: expected a fault, such as "request_irq#1=ENOSPC", found the end of the line',
    ],
    [
      'raise 1 ! request_rq=EBUSY',
      'line 1, column 11: expected a fault site (did you mean "request_irq"?), found "request_rq=EBUSY"',
    ],
    [
      'raise 1 ! request_irq',
      'line 1, column 11: expected "=" and an errno after "request_irq", found "request_irq"',
    ],
    [
      'raise 1 ! request_irq#0=EBUSY',
      'line 1, column 23: expected the number of the call (1 to 1073741823), found "0"',
    ],
    [
      'raise 1 ! request_irq=ENOSP',
      'line 1, column 23: expected an errno (did you mean "ENOSPC"?), found "ENOSP"',
    ],
    ['raise 1 ! request_irq=3', 'line 1, column 23: expected an errno, such as ENOMEM, found "3"'],
    [
      'raise 1 ! pci_alloc_irq_vectors=0',
      'line 1, column 33: expected a number of vectors (1 to 1073741823), found "0"',
    ],
    ['device', 'line 1, column 7: expected the name of a device, found the end of the line'],
    ['device [', 'line 1, column 8: expected the name of a device, found "["'],
    ['device nvme msix=2049', 'line 1, column 18: expected a number of vectors (0 to 2048), found "2049"'],
    ['device xhci msi=3', 'line 1, column 17: expected a power of two, or 0 (0 to 32), found "3"'],
    [
      'device nvme nodin',
      'line 1, column 13: expected a setting of the device (did you mean "nodyn"?), found "nodin"',
    ],
    [
      'device nvme v2 v3',
      'line 1, column 16: expected a setting of the device that is not set yet, found "v3"',
    ],
    [
      'raise 1\ndevice nvme',
      'line 2, column 1: expected "device" only once, before the first operation, found "device"',
    ],
  ];
  test.each(wrong)('%s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  test('drops only its own line', () => {
    const { script, problems: found, lineOf } = parseScript('device nvme\nrise 1\nraise 2\nraise\n\nraise 3');
    expect(printScript(script)).toBe('device nvme\nraise 2\nraise 3\n');
    expect(lineOf).toEqual([3, 6]);
    expect(found.map(({ at }) => at)).toEqual([
      { line: 2, column: 1 },
      { line: 4, column: 6 },
    ]);
  });

  test('quotes the text found, escaped and shortened', () => {
    expect(problems('\u0000\u001b[2J')[0]).toContain('found "\\u0000\\u001b"');
    expect(problems('x'.repeat(1e6))[0]?.length).toBeLessThan(120);
  });
});

describe('an action', () => {
  const text = '@ guest unmasks vector 3 # not a note\nraise 3 # heard\n';

  test('belongs to the next operation and is the whole rest of its line', () => {
    const { script, problems } = parseScript(text);
    expect(problems).toEqual([]);
    expect(script.lines).toMatchObject([{ action: 'guest unmasks vector 3 # not a note', note: 'heard' }]);
    expect(printScript(script)).toBe(text);
  });

  test('without an operation is reported, and other lines are kept', () => {
    const { script, problems } = parseScript('@ one\n@ two\nraise 1\n  @ three');
    expect(script.lines).toMatchObject([{ action: 'two' }]);
    expect(problems).toEqual([
      {
        at: { line: 1, column: 1 },
        expected: 'an operation in the line after the action',
        found: 'no operation',
      },
      {
        at: { line: 4, column: 3 },
        expected: 'an operation in the line after the action',
        found: 'no operation',
      },
    ]);
  });
});
