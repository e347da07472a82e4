// Completion for a line that is being typed. The reader of scripts reads the text before the caret; the tokens that it
// looks for at the end are the completions. So there is no second grammar.

import { unreachable } from '../../base/unreachable.ts';
import { FAULT_SITES } from '../../kernel/line.ts';
import { DEVICES } from '../../machine/devices.ts';
import { FIRST_FD } from '../../machine/fdNumbers.ts';
import { ERRNOS } from '../../uapi/errno.ts';
import { STRERROR } from '../strerror.ts';
import type { Offer } from './numbers.ts';
import { readDevice } from './readDevice.ts';
import { Reader, type Want } from './reader.ts';
import { readLine } from './readOp.ts';
import { isSign, scanLine } from './scan.ts';
import { DEVICE, RAISE } from './words.ts';

/** A completion: `text` replaces the characters from `from` up to `to`, counted from 0. */
export interface Completion {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** A short explanation. */
  readonly detail: string;
}

/** The state of the machine at that line of the script. */
export interface CompletionContext {
  /** Open descriptors, in ascending order. */
  readonly openFds: readonly number[];
  /** The number of vectors of the device. */
  readonly vectors: number;
}

type Candidate = Pick<Completion, 'text' | 'detail'>;

/** The most numbers offered at a time: a table has up to 2,048 vectors. */
const OFFERED = 16;
/** The calls around which an interrupt matters most. Scripts may name any other kernel function. */
const RAISE_FUNCTIONS = [
  'free_irq',
  'request_irq',
  'pci_free_irq_vectors',
  'pci_alloc_irq_vectors',
  'pci_msix_alloc_irq_at',
  'vfio_msi_set_vector_signal',
];
/** The number of typed letters after which rare words are offered. */
const BEGUN = 2;

/** Returns the completions at the caret of one line of text. `caret` is the number of characters before it. */
export function complete(text: string, caret: number, context: CompletionContext): readonly Completion[] {
  const scanned = scanLine(text.slice(0, caret));
  if (scanned.comment !== null) return [];
  const last = scanned.tokens.at(-1);
  const typed = last !== undefined && !isSign(last) && scanned.end === caret ? last : { text: '', at: caret };
  const tokens = scanned.tokens.filter((token) => token !== typed);

  const r = new Reader({ tokens, end: caret }, 1);
  if (tokens[0]?.text === DEVICE.word && r.take(DEVICE)) readDevice(r);
  else readLine(r);

  // `key=value` and `key=value,value`: only the last value is completed
  const key = /^[^=]*=/.exec(typed.text)?.[0] ?? '';
  const from = typed.at + (key === '' ? 0 : typed.text.search(/[^=,]*$/));
  const to = caret + (/^[^\s[\]!~=,]*=?/.exec(text.slice(caret))?.[0].length ?? 0);
  const begun = text.slice(from, caret).toLowerCase();
  return r.wants
    .flatMap((want) => candidates(want, key, begun, context))
    .filter((candidate) => candidate.text !== text.slice(from, to))
    .sort((a, b) => Number(isSign(a)) - Number(isSign(b)))
    .map((candidate) => ({ ...candidate, from, to }));
}

/** Returns the candidates that begin with `begun`. `key` is the setting or fault whose value is being typed, or empty. */
function candidates(
  want: Want,
  key: string,
  begun: string,
  context: CompletionContext,
): readonly Candidate[] {
  const begins = (all: readonly Candidate[]) =>
    all.filter(({ text }) => text.toLowerCase().startsWith(begun));
  const numbers = (offer: Offer) => begins(offered(offer, context)).slice(0, OFFERED);
  if (key !== '' && want.kind !== 'settings' && want.kind !== 'fault') return [];
  switch (want.kind) {
    case 'number':
      return numbers(want.sort.offer);
    case 'settings': {
      if (key !== '') return numbers(want.words.find(({ word }) => word === key)?.offer ?? 'nothing');
      const shown = want.words.filter(({ rare }) => rare !== true || begun.length > BEGUN);
      return begins(shown.map(({ word, about }) => ({ text: word, detail: about })));
    }
    case 'words':
      return begins(want.words.map(({ word, about }) => ({ text: word, detail: about })));
    case 'model':
      return begins(DEVICES.map(({ name, about }) => ({ text: name, detail: about })));
    case 'fault':
      if (key !== '') return begins(ERRNOS.map((name) => ({ text: name, detail: STRERROR[name] })));
      return begins([
        ...FAULT_SITES.map((site) => ({ text: `${site}#1=`, detail: `the first call of ${site} fails` })),
        { text: RAISE.word, detail: RAISE.about },
      ]);
    case 'function':
      return begins(RAISE_FUNCTIONS.map((fn) => ({ text: `${fn}#1`, detail: `the first call of ${fn}` })));
    default:
      return unreachable(want, 'want');
  }
}

function offered(offer: Offer, { openFds, vectors }: CompletionContext): readonly Candidate[] {
  const open = openFds.map((fd) => ({ text: `${fd}`, detail: 'open descriptor' }));
  switch (offer) {
    case 'open-fd':
      return open;
    case 'new-fd': {
      let free = FIRST_FD;
      while (openFds.includes(free)) free++;
      return [{ text: `${free}`, detail: 'free descriptor' }];
    }
    case 'trigger-fd':
      return [...open, { text: '-1', detail: 'no eventfd: detach' }];
    case 'vector':
      return Array.from({ length: vectors }, (_, vector) => ({ text: `${vector}`, detail: 'vector' }));
    case 'bool':
      return [
        { text: '1', detail: 'select this vector' },
        { text: '0', detail: 'skip this vector' },
      ];
    case 'nothing':
      return [];
    default:
      return unreachable(offer, 'offer');
  }
}
