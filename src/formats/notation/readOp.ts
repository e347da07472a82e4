// The operations: a table of their keywords, explanations and readers.

import type { Line, Op } from '../../kernel/line.ts';
import { ENTRY, INITVAL, NEW_FD, OPEN_FD, range, u32, VECTOR, WRITTEN } from './numbers.ts';
import type { Reader } from './reader.ts';
import { readMeanwhile } from './readMeanwhile.ts';
import { readDisable, readIndex, readSetIrqs } from './readSetIrqs.ts';
import { SEMAPHORE, type SettingWord, SHORT, SKIP, type Word } from './words.ts';

interface Operation extends Word {
  readonly read: (r: Reader) => Op;
}

const CONFIG_WORDS: readonly SettingWord[] = [
  { word: 'off=', about: 'offset in config space' },
  { word: 'size=', about: '1 to 4 bytes' },
];
const VALUE_WORD: SettingWord = { word: 'value=', about: 'the value to write' };
/** Offsets past the end of config space are accepted, because the kernel's result for them is of interest. */
const OFFSET = u32('an offset');
const SIZE = range('a size', 1, 4);
/** A write of 4,096 bytes is as long as any other for an eventfd. */
const WRITE_SIZE = range('a size', 0, 4096);
const WRITE_WORDS: readonly SettingWord[] = [{ word: 'size=', about: 'number of bytes, 8 without it' }];

const OPERATIONS: readonly Operation[] = [
  { word: 'set_irqs', about: 'VFIO_DEVICE_SET_IRQS', read: readSetIrqs },
  { word: 'disable', about: 'SET_IRQS that disables an index', read: readDisable },
  { word: 'eventfd', about: 'open an eventfd: descriptor, initial value, semaphore', read: readEventfd },
  {
    word: 'raise',
    about: 'the device raises a vector',
    read: (r) => ({ op: 'raise', vector: r.number(VECTOR) }),
  },
  { word: 'lower', about: 'the device deasserts its interrupt pin', read: () => ({ op: 'lower' }) },
  { word: 'read', about: 'read an eventfd', read: (r) => ({ op: 'read', fd: r.number(OPEN_FD) }) },
  { word: 'write', about: 'write to an eventfd: descriptor, value, size=', read: readWrite },
  { word: 'close', about: 'close a descriptor', read: (r) => ({ op: 'close', fd: r.number(OPEN_FD) }) },
  {
    word: 'file',
    about: 'open a descriptor that is not an eventfd',
    read: (r) => ({ op: 'file', fd: r.number(NEW_FD) }),
  },
  {
    word: 'irq_info',
    about: 'VFIO_DEVICE_GET_IRQ_INFO',
    read: (r) => ({ op: 'irq_info', index: readIndex(r) }),
  },
  { word: 'device_info', about: 'VFIO_DEVICE_GET_INFO', read: () => ({ op: 'device_info' }) },
  { word: 'reset', about: 'VFIO_DEVICE_RESET', read: () => ({ op: 'reset' }) },
  { word: 'hot_reset', about: 'VFIO_DEVICE_PCI_HOT_RESET', read: () => ({ op: 'hot_reset' }) },
  {
    word: 'hot_reset_info',
    about: 'VFIO_DEVICE_GET_PCI_HOT_RESET_INFO',
    read: (r) => ({ op: 'hot_reset_info', ...(r.take(SHORT) ? { short: true } : {}) }),
  },
  { word: 'release', about: 'close one descriptor of the device', read: () => ({ op: 'release' }) },
  { word: 'reopen', about: 'open the device, also while it is open', read: () => ({ op: 'reopen' }) },
  { word: 'cfg_read', about: 'read config space through VFIO', read: readConfigRead },
  { word: 'cfg_write', about: 'write config space through VFIO', read: readConfigWrite },
  {
    word: 'clobber',
    about: 'the device loses the message of a table entry',
    read: (r) => ({ op: 'clobber', entry: r.number(ENTRY) }),
  },
];

/** Reads a whole line of a script. The result is valid only if the reader then has no problem. */
export function readLine(r: Reader): { readonly line: Line; readonly disabled: boolean } {
  const disabled = r.take(SKIP);
  const op = r.oneOf('an operation', OPERATIONS)?.read(r) ?? { op: 'lower' };
  const { faults, raises } = readMeanwhile(r);
  r.finish();
  return { line: raises.length === 0 ? { op, faults } : { op, faults, raises }, disabled };
}

function readEventfd(r: Reader): Op {
  const fd = r.number(NEW_FD);
  const initval = r.atNumber() ? r.bigint(INITVAL) : 0n;
  return { op: 'eventfd', fd, initval, semaphore: r.take(SEMAPHORE) };
}

function readWrite(r: Reader): Op {
  const fd = r.number(OPEN_FD);
  const value = r.atNumber() ? r.bigint(WRITTEN) : 1n;
  const size = r.settings('a field', WRITE_WORDS).get('size=');
  return { op: 'write', fd, value, ...(size === undefined ? {} : { size: r.numberIn(size, WRITE_SIZE) }) };
}

function readConfigRead(r: Reader): Op {
  const { off, size } = readPlace(r, CONFIG_WORDS);
  return { op: 'cfg_read', off, size };
}

function readConfigWrite(r: Reader): Op {
  const { off, size, settings } = readPlace(r, [...CONFIG_WORDS, VALUE_WORD]);
  const value = settings.get(VALUE_WORD.word);
  if (value === undefined) r.missing(VALUE_WORD.word);
  // the value must fit into the written bytes
  const fits = size === 4 ? u32('a value') : range('a value', 0, 256 ** size - 1);
  return { op: 'cfg_write', off, size, value: value === undefined ? 0 : r.numberIn(value, fits) };
}

function readPlace(r: Reader, words: readonly SettingWord[]) {
  const settings = r.settings('a field', words);
  const off = settings.get('off=');
  const size = settings.get('size=');
  if (off === undefined) r.missing('off=');
  else if (size === undefined) r.missing('size=');
  return {
    off: off === undefined ? 0 : r.numberIn(off, OFFSET),
    size: size === undefined ? 1 : r.numberIn(size, SIZE),
    settings,
  };
}
