// Texts cut into words that name things: a line of the script, an argument of a kernel call, a field of a recording.

import type { ArgValue } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import type { Thing } from './things.ts';

/** A piece of a text and the things that it names. */
export interface Word {
  readonly text: string;
  readonly things: readonly Thing[];
}

/** Most vectors highlighted for a range. */
const MANY = 64;

const plain = (text: string): Word => ({ text, things: [] });

/** Returns an operation's text cut into words that name vectors and descriptors. */
export function operationWords(op: Op, text: string): readonly Word[] {
  switch (op.op) {
    case 'eventfd':
    case 'file':
    case 'close':
    case 'read':
    case 'write':
      return cut(text, /\d+/, () => [{ kind: 'fd', id: op.fd }]);
    case 'raise':
      return cut(text, /\d+/, () => [{ kind: 'vector', id: op.vector }]);
    case 'clobber':
      return cut(text, /\d+/, () => [{ kind: 'vector', id: op.entry }]);
    case 'set_irqs': {
      const vectors = rangeThings(op.index, op.start, op.count);
      const { data } = op;
      const fds = data.kind === 'i32' ? data.values.slice(0, MANY) : [];
      const named = fds.filter((fd) => fd >= 0).map((id): Thing => ({ kind: 'fd', id }));
      return cut(text, /\[\d+\.\.\d+\]/, () => vectors).flatMap((word) =>
        word.things.length > 0 ? [word] : valueWords(word.text, named),
      );
    }
    default:
      return [plain(text)];
  }
}

/** Cuts the list of descriptors into one word per number or run. */
function valueWords(text: string, fds: readonly Thing[]): readonly Word[] {
  const open = text.indexOf('{');
  const close = text.indexOf('}');
  if (open < 0 || close < open || fds.length === 0) return [plain(text)];
  const inside = text.slice(open + 1, close);
  const words: readonly Word[] = inside.includes('..')
    ? [{ text: inside, things: fds }]
    : inside.split(/( )/).map((part): Word => {
        const fd = fds.find(({ id }) => String(id) === part);
        return { text: part, things: fd === undefined ? [] : [fd] };
      });
  return [plain(text.slice(0, open + 1)), ...words, plain(text.slice(close))];
}

function rangeThings(index: number, start: number, count: number): readonly Thing[] {
  if (index !== 1 && index !== 2)
    return index === 0 || index === 3 || index === 4 ? [{ kind: 'index', id: index }] : [];
  return Array.from(
    { length: Math.min(count, MANY) },
    (_, at): Thing => ({ kind: 'vector', id: start + at }),
  );
}

/** Makes the first match of `pattern` a word of its own. */
function cut(text: string, pattern: RegExp, things: () => readonly Thing[]): readonly Word[] {
  const match = pattern.exec(text);
  if (match === null) return [plain(text)];
  const end = match.index + match[0].length;
  return [plain(text.slice(0, match.index)), { text: match[0], things: things() }, plain(text.slice(end))];
}

/** Returns the things that an argument of a kernel call names. */
export function argumentThings(fn: string, name: string, value: ArgValue): readonly Thing[] {
  if (typeof value !== 'number' || value < 0) return [];
  if (name === 'vector' || (name === 'nr' && fn === 'pci_irq_vector')) return [{ kind: 'vector', id: value }];
  if (name === 'index') return fn.startsWith('pci_msix_') ? [{ kind: 'vector', id: value }] : [];
  if (name === 'irq') return [{ kind: 'irq', id: value }];
  if (name === 'ev') return [{ kind: 'eventfd', id: value }];
  return name === 'fd' ? [{ kind: 'fd', id: value }] : [];
}

/** Cuts a field of an observed state into words: `0:25 1:(26)` names vectors and irqs, `100:3` descriptors. */
export function stateWords(field: string, text: string): readonly Word[] {
  return text.split(/( )/).map((word): Word => {
    const [first = 0, second = 0] = [...word.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    if (!/^\d/.test(word)) return plain(word);
    if (field === 'irqs') {
      return {
        text: word,
        things: [
          { kind: 'vector', id: first },
          { kind: 'irq', id: second },
        ],
      };
    }
    if (field === 'eventfds') return { text: word, things: [{ kind: 'fd', id: first }] };
    return field === 'pending' ? { text: word, things: [{ kind: 'vector', id: first }] } : plain(word);
  });
}
