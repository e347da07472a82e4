// What a client does as the text that stands above its lines, and back. A script says in these words which client was at
// work and what happened to it, so that its state needs no other place.

import type { Action } from './client.ts';

const SEPARATOR = '; ';
/** Stands behind an action that made the client call nothing; it is noted with the lines before it. */
const SILENT = ' (no ioctl)';
const OPENS = ' opens the device';

/** An action in words, for instance `guest unmasks vector 3`. */
export function actionWords(action: Action): string {
  switch (action.kind) {
    case 'enable-msix':
      return 'guest enables MSI-X';
    case 'disable-msix':
      return 'guest disables MSI-X';
    case 'unmask':
      return `guest unmasks vector ${action.vector}`;
    case 'mask':
      return `guest masks vector ${action.vector}`;
    case 'function-mask':
      return action.on ? 'guest sets the function mask' : 'guest clears the function mask';
    case 'enable-msi':
      return `guest enables MSI with ${action.count} ${action.count === 1 ? 'vector' : 'vectors'}`;
    case 'disable-msi':
      return 'guest disables MSI';
    case 'acknowledge-intx':
      return 'guest services INTx';
    case 'enable-queues':
      return `driver enables ${action.count} queue ${action.count === 1 ? 'interrupt' : 'interrupts'}`;
    case 'trigger':
      return `test triggers vector ${action.vector}`;
    case 'reset':
      return 'guest resets the device';
    case 'unplug':
      return 'device is unplugged';
  }
}

const PLAIN: readonly Action[] = [
  { kind: 'enable-msix' },
  { kind: 'disable-msix' },
  { kind: 'function-mask', on: true },
  { kind: 'function-mask', on: false },
  { kind: 'disable-msi' },
  { kind: 'acknowledge-intx' },
  { kind: 'reset' },
  { kind: 'unplug' },
];

/** The action that these words say, or null. */
function parseAction(text: string): Action | null {
  const plain = PLAIN.find((action) => actionWords(action) === text);
  if (plain !== undefined) return plain;
  const number = Number(/ (\d{1,4})\b/.exec(text)?.[1] ?? Number.NaN);
  const candidates: readonly Action[] = [
    { kind: 'unmask', vector: number },
    { kind: 'mask', vector: number },
    { kind: 'trigger', vector: number },
    { kind: 'enable-msi', count: number },
    { kind: 'enable-queues', count: number },
  ];
  return candidates.find((action) => actionWords(action) === text) ?? null;
}

/** What the text above a line says: the client that opens the device, and what happened, in order. */
export interface Said {
  readonly client: string | null;
  readonly actions: readonly Action[];
}

/** Reads the text above a line; null where it is not all of it ours. */
export function parseSaid(text: string): Said | null {
  if (text === '') return null;
  const [first = '', ...rest] = text.split(SEPARATOR);
  const opens = first.endsWith(OPENS);
  const words = opens ? rest : [first, ...rest];
  const actions = words.map((word) =>
    parseAction(word.endsWith(SILENT) ? word.slice(0, -SILENT.length) : word),
  );
  const good = actions.filter((action) => action !== null);
  if (good.length < actions.length) return null;
  return { client: opens ? first.slice(0, -OPENS.length) : null, actions: good };
}

/** The text above the first line with which a client opens the device. */
export function openingWords(label: string): string {
  return `${label}${OPENS}`;
}

/** The text with an action added that made the client call nothing. */
export function withSilent(text: string, action: Action): string {
  const words = `${actionWords(action)}${SILENT}`;
  return text === '' ? words : `${text}${SEPARATOR}${words}`;
}
