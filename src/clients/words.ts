// The actions of a client as text above its lines, and back. A script names the client and its events in these texts, so no
// other place stores the client's state.

import type { Action, ActionKind } from './client.ts';
import { CLIENTS, type ListedClient } from './index.ts';

const SEPARATOR = '; ';
/** Follows an action that made the client send no operation; it is added to the text of the lines before it. */
const SILENT = ' (no ioctl)';

type Words = string | ((number: number) => string);

interface Row {
  /** Returns the action with its vector, its number of vectors or queues, or its value of COMMAND. */
  readonly make: (number: number) => Action;
  /** The first words are written. The others are those of earlier versions: links contain them, so none is ever removed. */
  readonly words: readonly [Words, ...Words[]];
}

/** The id of an action. */
type ActionId = Exclude<ActionKind, 'function-mask'> | 'set-function-mask' | 'clear-function-mask';

const ROWS: Readonly<Record<ActionId, Row>> = {
  'enable-msix': { make: () => ({ kind: 'enable-msix' }), words: ['guest enables MSI-X'] },
  'disable-msix': { make: () => ({ kind: 'disable-msix' }), words: ['guest disables MSI-X'] },
  unmask: {
    make: (vector) => ({ kind: 'unmask', vector }),
    words: [(vector) => `guest unmasks vector ${vector}`],
  },
  mask: { make: (vector) => ({ kind: 'mask', vector }), words: [(vector) => `guest masks vector ${vector}`] },
  'set-function-mask': {
    make: () => ({ kind: 'function-mask', on: true }),
    words: ['guest sets the function mask'],
  },
  'clear-function-mask': {
    make: () => ({ kind: 'function-mask', on: false }),
    words: ['guest clears the function mask'],
  },
  'enable-msi': {
    make: (count) => ({ kind: 'enable-msi', count }),
    words: [(count) => `guest enables MSI with ${count} ${count === 1 ? 'vector' : 'vectors'}`],
  },
  'disable-msi': { make: () => ({ kind: 'disable-msi' }), words: ['guest disables MSI'] },
  'acknowledge-intx': { make: () => ({ kind: 'acknowledge-intx' }), words: ['guest services INTx'] },
  'enable-queues': {
    make: (count) => ({ kind: 'enable-queues', count }),
    words: [(count) => `driver enables ${count} queue ${count === 1 ? 'interrupt' : 'interrupts'}`],
  },
  'stop-queues': { make: () => ({ kind: 'stop-queues' }), words: ['driver stops its queues'] },
  trigger: {
    make: (vector) => ({ kind: 'trigger', vector }),
    words: [(vector) => `test triggers vector ${vector}`],
  },
  'move-route': { make: () => ({ kind: 'move-route' }), words: ['guest moves the route of INTx'] },
  command: {
    make: (value) => ({ kind: 'command', value }),
    words: [(value) => `guest writes 0x${value.toString(16)} to COMMAND`],
  },
  reset: { make: () => ({ kind: 'reset' }), words: ['guest resets the device'] },
  unplug: { make: () => ({ kind: 'unplug' }), words: ['device is unplugged'] },
  end: { make: () => ({ kind: 'end' }), words: ['program ends'] },
};

function idOf(action: Action): ActionId {
  if (action.kind !== 'function-mask') return action.kind;
  return action.on ? 'set-function-mask' : 'clear-function-mask';
}

function numberOf(action: Action): number {
  if ('vector' in action) return action.vector;
  if ('count' in action) return action.count;
  return 'value' in action ? action.value : 0;
}

function textOf(words: Words, number: number): string {
  return typeof words === 'string' ? words : words(number);
}

/** Returns an action as text, for instance `guest unmasks vector 3`. */
export function actionWords(action: Action): string {
  return textOf(ROWS[idOf(action)].words[0], numberOf(action));
}

/** Returns the action of a text, or null. */
function parseAction(text: string): Action | null {
  const number = Number(/ (0x[\da-f]{1,4}|\d{1,4})\b/.exec(text)?.[1] ?? Number.NaN);
  const row = Object.values(ROWS).find(({ words }) => words.some((one) => textOf(one, number) === text));
  return row?.make(number) ?? null;
}

/** The contents of an action text: the client that opens the device, and the events, in order. */
export interface Said {
  readonly client: ListedClient | null;
  readonly actions: readonly Action[];
}

/**
 * Parses the text above a line; null when part of it is not from a client. Links contain the labels of clients: a client with
 * another label still opens with the old one (test/views/clients/oldLinks.test.ts).
 */
export function parseSaid(text: string): Said | null {
  if (text === '') return null;
  const [first = '', ...rest] = text.split(SEPARATOR);
  const client = CLIENTS.find(({ label }) => openingWords(label) === first) ?? null;
  const words = client === null ? [first, ...rest] : rest;
  const actions = words.map((word) =>
    parseAction(word.endsWith(SILENT) ? word.slice(0, -SILENT.length) : word),
  );
  const good = actions.filter((action) => action !== null);
  return good.length < actions.length ? null : { client, actions: good };
}

/** Returns the text above the first line with which a client opens the device. */
export function openingWords(label: string): string {
  return `${label} opens the device`;
}

/** Adds an action that made the client send no operation to the text. */
export function withSilent(text: string, action: Action): string {
  const words = `${actionWords(action)}${SILENT}`;
  return text === '' ? words : `${text}${SEPARATOR}${words}`;
}
