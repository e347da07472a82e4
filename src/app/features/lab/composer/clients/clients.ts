// The client panel's choices, and the effect of an action on the session. The client's own state is computed from the script
// (views/clients/acting.ts).

import type { AtWork } from '../../../../../clients/atWork.ts';
import type { Action, ActionKind } from '../../../../../clients/client.ts';
import { clientById, type ListedClient } from '../../../../../clients/index.ts';
import { actionWords } from '../../../../../clients/words.ts';
import { MSIX_VECTORS_MAX } from '../../../../../machine/device.ts';
import { clearScript, insertLine } from '../../../../../session/edits.ts';
import { currentSession } from '../../../../../session/history.ts';
import type { Replay } from '../../../../../session/replay.ts';
import { scriptLine } from '../../../../../session/session.ts';
import { counted } from '../../../../../text/numbers.ts';
import {
  actedAgain,
  acting,
  atWork,
  endOf,
  opening,
  type Sent,
  withAction,
  withClient,
} from '../../../../../views/clients/acting.ts';
import { type App, slice } from '../../../../store/app.ts';
import { replayOf } from '../../../../store/derived.ts';
import { edit, labSlice } from '../../../../store/lab.ts';

/** The panel's own state. */
export interface ClientsState {
  /** The chosen client; null: the client at work. */
  readonly chosen: string | null;
  /** The vector that the guest masks and unmasks and the device raises, as typed. */
  readonly vector: string;
  /** The number of vectors or queues, as typed. */
  readonly count: string;
  /** The device raises the vector `fires` at the end of each ioctl. */
  readonly meanwhile: boolean;
  readonly fires: string;
  /** The value of COMMAND, as typed in hexadecimal. */
  readonly command: string;
}

/** The panel's store. */
export const clientsSlice = slice<ClientsState>(() => ({
  chosen: null,
  vector: '0',
  count: '4',
  meanwhile: false,
  fires: '0',
  // memory and bus master, as the driver of a guest sets them
  command: '0x107',
}));

/** Returns the typed vector number, or null. */
export function numberOf(text: string): number | null {
  return /^\d{1,4}$/.test(text) && Number(text) < MSIX_VECTORS_MAX ? Number(text) : null;
}

/** Returns the typed value of COMMAND, 16 bits in hexadecimal, or null. */
export function commandOf(text: string): number | null {
  return /^0x[\da-f]{1,4}$/i.test(text) ? Number(text) : null;
}

/** Returns the vector that the device raises inside the ioctls, or null. */
export function firedVector({ meanwhile, fires }: Pick<ClientsState, 'meanwhile' | 'fires'>): number | null {
  return meanwhile ? numberOf(fires) : null;
}

/** Returns the chosen client, or else the client at work, or else the newest QEMU. */
export function shownClient(chosen: string | null, work: AtWork | null): ListedClient {
  const found = clientById(chosen ?? '') ?? work?.client ?? clientById('qemu-10.0');
  if (found === undefined) throw new Error('the list of clients is empty');
  return found;
}

/** Returns an action with the typed numbers, or null if they do not fit the action. */
export function actionOf(
  kind: ActionKind,
  { vector, count, command }: ClientsState,
  masked: boolean,
): Action | null {
  switch (kind) {
    case 'unmask':
    case 'mask':
    case 'trigger': {
      const typed = numberOf(vector);
      return typed === null ? null : { kind, vector: typed };
    }
    case 'enable-msi':
    case 'enable-queues': {
      const typed = numberOf(count);
      // a driver without queue interrupts still enables its control interrupt
      return typed === null || (typed === 0 && kind === 'enable-msi') ? null : { kind, count: typed };
    }
    case 'command': {
      const value = commandOf(command);
      return value === null ? null : { kind, value };
    }
    case 'function-mask':
      return { kind, on: !masked };
    default:
      return { kind };
  }
}

/** Returns whether the guest has set the function mask. */
export function isFunctionMasked(work: AtWork): boolean {
  const last = work.blocks
    .flatMap(({ actions }) => actions)
    .findLast(({ kind }) => kind === 'function-mask' || kind === 'reset');
  return last?.kind === 'function-mask' && last.on;
}

const session = (app: App) => currentSession(app.get(labSlice).history);

/** Starts a client after the last line, or in an empty script. */
export function start(app: App, client: ListedClient, fromEmpty: boolean): void {
  app.set(clientsSlice, { chosen: null });
  if (fromEmpty) app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  edit(app, `start ${client.label}`, (now) => withClient(fromEmpty ? clearScript(now) : now, client));
}

/** Applies an action to the running client. */
export function act(app: App, action: Action): void {
  const fires = firedVector(app.get(clientsSlice));
  const before = session(app);
  edit(app, actionWords(action), (now) => withAction(now, replayOf(app, now), action, fires));
  const after = session(app);
  const sent = after.script.length - before.script.length;
  const told =
    after === before
      ? 'No client is running.'
      : sent === 0
        ? 'the client sends no ioctl.'
        : `${counted(sent, 'line')} added.`;
  app.set(labSlice, ({ announcement }) => ({
    announcement: `${actionWords(action)}: ${told} ${announcement}`,
  }));
}

/** Applies an action by its kind with the typed numbers, for the commands. */
export function actByKind(app: App, kind: ActionKind): void {
  const work = atWork(replayOf(app, session(app)));
  if (work?.now == null || work.gone || !work.client.actions.includes(kind)) {
    app.set(labSlice, { announcement: 'No running client has this action.' });
    return;
  }
  const action = actionOf(kind, app.get(clientsSlice), isFunctionMasked(work));
  if (action !== null) act(app, action);
}

/** Makes the device raise a vector, after the last line. */
export function fire(app: App, vector: number): void {
  edit(app, `raise ${vector}`, (now) =>
    insertLine(now, now.script.length, scriptLine({ op: { op: 'raise', vector }, faults: [] })),
  );
}

/** Replays the client's actions under the selected kernel. */
export function actAgain(app: App): void {
  edit(app, 'replay the client’s actions', actedAgain);
}

/** Returns the lines with which a client would start. */
export function previewOfStart(client: ListedClient, replayed: Replay): Sent {
  return opening(client, replayed.generation, endOf(replayed));
}

/** Returns the lines that the client would send after an action; null without a client at work. */
export function previewOfAction(
  work: AtWork,
  replayed: Replay,
  action: Action,
  fires: number | null,
): Sent | null {
  return work.now === null ? null : acting(work.now, replayed.generation, endOf(replayed), action, fires);
}
