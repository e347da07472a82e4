// Scripts for the recorder: reads script files, and turns a recording back into its script.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * @typedef {object} Script
 * @property {string} name
 * @property {string} about
 * @property {string[]} configs  Names of configurations in configs.mjs.
 * @property {string[]} ops  One line per step, as recorder.c reads it.
 */

/**
 * Reads a script file: blocks of `script NAME`, `about TEXT`, `config NAME…` (nvme8 if absent), one line per step, `end`.
 * A line that starts with `;` is a comment.
 *
 * @param {string} text
 * @param {string} path  For errors.
 * @returns {Script[]}
 */
export function readScripts(text, path) {
  /** @type {Script[]} */
  const all = [];
  /** @type {Script | null} */
  let open = null;
  text.split('\n').forEach((raw, at) => {
    const line = raw.trim();
    if (line === '' || line.startsWith(';')) return;
    const [word = '', ...rest] = line.split(/\s+/);
    if (word === 'script') {
      if (open !== null) throw new Error(`${path}:${at + 1}: expected \`end\` before \`script\``);
      const name = rest.join(' ');
      if (all.some((one) => one.name === name)) throw new Error(`${path}:${at + 1}: a second script ${name}`);
      open = { name, about: '', configs: ['nvme8'], ops: [] };
      return;
    }
    if (open === null) throw new Error(`${path}:${at + 1}: expected \`script NAME\`, found \`${line}\``);
    if (word === 'about') open.about = rest.join(' ');
    else if (word === 'config') open.configs = rest;
    else if (word === 'end') {
      all.push(open);
      open = null;
    } else open.ops.push(line);
  });
  if (open !== null) throw new Error(`${path}: expected \`end\` after the last script`);
  return all;
}

/**
 * Returns the script of a recording, for another kernel.
 *
 * @param {string} path  A file of a recording, `.jsonl` or `.jsonl.gz`.
 * @returns {Script}
 */
export function scriptOfRecording(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    name: header.name,
    about: header.about,
    configs: [header.config],
    ops: lines.filter(({ type }) => type === 'step').map(stepLine),
  };
}

/** @param {{ op: any, faults?: any[] }} step  A step of a recording (docs/recording-format.md). */
function stepLine({ op, faults = [] }) {
  switch (op.op) {
    case 'eventfd':
      return words('eventfd', op.fd, op.initval || '', op.semaphore ? 'semaphore' : '');
    case 'file':
    case 'close':
    case 'read':
      return words(op.op, op.fd);
    case 'write':
      return words('write', op.fd, op.value, op.size === undefined ? '' : `size=${op.size}`);
    case 'irq_info':
      return words('irq_info', op.index);
    case 'cfg_read':
      return words('cfg_read', `off=${op.off}`, `size=${op.size}`);
    case 'cfg_write':
      return words('cfg_write', `off=${op.off}`, `size=${op.size}`, `value=0x${op.value.toString(16)}`);
    case 'clobber':
      return words('clobber', op.entry);
    case 'raise':
      return words('raise', op.vector);
    case 'set_irqs':
      return words(setIrqsLine(op), faults.length > 0 ? `fault=${faults.map(faultText).join(',')}` : '');
    default:
      return op.op;
  }
}

/** @param {any} op */
function setIrqsLine({ argsz, flags, index, start, count, i32 = [], u8 = [] }) {
  const length = 20 + 4 * i32.length + u8.length;
  return words(
    'set_irqs',
    `argsz=${argsz === length ? 'auto' : argsz}`,
    `flags=${flags} index=${index} start=${start} count=${count}`,
    i32.length > 0 ? `i32=${i32.join(',')}` : '',
    u8.length > 0 ? `u8=${u8.join(',')}` : '',
  );
}

/** @param {{ site: string, nth: number, result: string | number }} fault */
const faultText = ({ site, nth, result }) => `${site}#${nth}=${result}`;

/** @param {(string | number)[]} parts */
const words = (...parts) => parts.filter((part) => part !== '').join(' ');
