// The queries of the timeline's search: the first word selects the kind of query; hints complete the input.

import { failed, ok, type Result } from '../../base/result.ts';
import type { Op } from '../../kernel/line.ts';
import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { ERRNOS, type Errno, errnoNumber, isErrno } from '../../uapi/errno.ts';
import { FUNCTION_WORDS } from '../trace/functions.ts';
import type { TimelineData } from './data.ts';
import { OPERATION_KINDS } from './extract.ts';

/** A query. */
export type Query =
  | { readonly kind: 'errno'; readonly errno: Errno }
  | { readonly kind: 'failed' }
  | { readonly kind: 'vector' | 'irq' | 'fd'; readonly number: number }
  | { readonly kind: 'op'; readonly op: Op['op'] }
  | { readonly kind: 'fn' | 'note' | 'action' | 'text'; readonly text: string };

/** A hint of the search field. */
export interface SearchHint {
  /** Text that the hint inserts. */
  readonly text: string;
  readonly about: string;
}

const KEYWORDS: readonly SearchHint[] = [
  { text: 'failed', about: 'lines that failed with an errno' },
  { text: 'vector', about: 'a vector by number' },
  { text: 'irq', about: 'a Linux irq by number' },
  { text: 'fd', about: 'an eventfd by the descriptor it was opened under' },
  { text: 'fn', about: 'a kernel function that was called' },
  { text: 'op', about: 'an operation of the script' },
  { text: 'note', about: 'words of a note' },
  { text: 'action', about: 'words of a guest action' },
];

const LAST_VECTOR = MSIX_VECTORS_MAX - 1;

/** Parses the input: null for empty input, problems for invalid input. */
export function parseQuery(text: string): Result<Query | null> {
  const trimmed = text.trim();
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(trimmed) ?? [];
  if (trimmed === '') return ok(null);
  switch (word.toLowerCase()) {
    case 'failed':
      return rest === '' ? ok({ kind: 'failed' }) : freeText(trimmed);
    case 'errno':
      return readErrno(rest);
    case 'vector':
      return readNumber(
        'vector',
        rest,
        `a vector from 0 to ${LAST_VECTOR}, for instance vector 5`,
        0,
        LAST_VECTOR,
      );
    case 'irq':
      return readNumber('irq', rest, 'an irq number, for instance irq 26', 1, 2 ** 31 - 1);
    case 'fd':
    case 'eventfd':
      // `eventfd` alone is the operation
      if (rest === '' && word === 'eventfd') return ok({ kind: 'op', op: 'eventfd' });
      return readNumber('fd', rest, 'a descriptor, for instance fd 100', 0, 2 ** 31 - 1);
    case 'fn':
      return readFunction(rest);
    case 'op':
      return readOperation(rest);
    case 'note':
    case 'action':
      if (rest === '') return wrong(`words after ${word.toLowerCase()}`, 'nothing');
      return ok({ kind: word.toLowerCase() === 'note' ? 'note' : 'action', text: rest.toLowerCase() });
    default:
      break;
  }
  if (rest === '' && /^-?E[A-Z0-9]{2,}$/.test(word)) return readErrno(word);
  const op = OPERATION_KINDS.find((kind) => kind === trimmed);
  return op === undefined ? freeText(trimmed) : ok({ kind: 'op', op });
}

function freeText(text: string): Result<Query> {
  return ok({ kind: 'text', text: text.toLowerCase() });
}

function wrong(expected: string, found: string): Result<never> {
  return failed({ at: {}, expected, found });
}

function readErrno(text: string): Result<Query> {
  const name = text.replace(/^-/, '').toUpperCase();
  if (isErrno(name)) return ok({ kind: 'errno', errno: name });
  return wrong('an errno that the model returns, for instance EBADF', quoted(text));
}

function readNumber(
  kind: 'vector' | 'irq' | 'fd',
  text: string,
  expected: string,
  least: number,
  most: number,
): Result<Query> {
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number >= least && number <= most) return ok({ kind, number });
  return wrong(expected, quoted(text));
}

function readFunction(text: string): Result<Query> {
  const name = text.replace(/\(\)$/, '');
  if (name === '') return wrong('a kernel function, for instance fn request_irq', 'nothing');
  const known = Object.keys(FUNCTION_WORDS).some((fn) => fn.includes(name));
  return known ? ok({ kind: 'fn', text: name }) : wrong('a kernel function of the model', quoted(text));
}

function readOperation(text: string): Result<Query> {
  const op = OPERATION_KINDS.find((kind) => kind === text);
  if (op !== undefined) return ok({ kind: 'op', op });
  return wrong(`one of ${OPERATION_KINDS.join(', ')}`, quoted(text));
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}

/** Most hints. */
const HINTS = 12;

/** Returns completions of the input: keywords, errnos that occur, operations, kernel functions. */
export function searchHints(text: string, data: TimelineData): readonly SearchHint[] {
  const typed = text.trimStart();
  const [, word = '', rest] = /^(\S*)(?:\s+(.*))?$/s.exec(typed) ?? [];
  if (rest === undefined) {
    const begins = (hint: SearchHint) => hint.text.toLowerCase().startsWith(word.toLowerCase());
    return [
      ...KEYWORDS.filter(begins),
      ...(word === '' ? [] : errnosIn(data).filter(begins)),
      ...(word === '' ? [] : OPERATION_KINDS.map((op) => ({ text: op, about: 'operation' })).filter(begins)),
    ].slice(0, HINTS);
  }
  if (word === 'fn') return functionHints(rest);
  if (word === 'op') {
    return OPERATION_KINDS.filter((op) => op.startsWith(rest)).map((op) => ({
      text: `op ${op}`,
      about: 'operation',
    }));
  }
  return word === 'errno' ? errnosIn(data).filter((hint) => hint.text.startsWith(rest.toUpperCase())) : [];
}

function functionHints(part: string): readonly SearchHint[] {
  return Object.keys(FUNCTION_WORDS)
    .filter((fn) => fn.includes(part))
    .sort((a, b) => a.indexOf(part) - b.indexOf(part) || a.localeCompare(b))
    .slice(0, HINTS)
    .map((fn) => ({ text: `fn ${fn}`, about: 'kernel function' }));
}

/** Returns the errnos of failed lines, each once. */
function errnosIn({ lines: { errno } }: TimelineData): readonly SearchHint[] {
  const found = new Map<number, number>();
  for (let at = 0; at < errno.length; at++) {
    const number = errno.at(at);
    if (number !== 0) found.set(number, (found.get(number) ?? 0) + 1);
  }
  return ERRNOS.flatMap((name) => {
    const count = found.get(errnoNumber(name));
    return count === undefined ? [] : [{ text: name, about: count === 1 ? '1 line' : `${count} lines` }];
  });
}
