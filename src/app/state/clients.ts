// Acting as a client: which one is chosen, which vector and how many, and what an action does to the session. What the
// client keeps is found in the script (views/clients/acting.ts).

import { create } from 'zustand';
import type { AtWork } from '../../clients/atWork.ts';
import type { Action, ActionKind } from '../../clients/client.ts';
import { CLIENTS, type ListedClient } from '../../clients/index.ts';
import { actionWords } from '../../clients/words.ts';
import { clearScript, insertLine } from '../../session/edits.ts';
import { currentSession } from '../../session/history.ts';
import type { Replay } from '../../session/replay.ts';
import { scriptLine } from '../../session/session.ts';
import {
  actedAgain,
  acting,
  atWork,
  endOf,
  opening,
  type Sent,
  withAction,
  withClient,
} from '../../views/clients/acting.ts';
import { counted } from '../../views/words/numbers.ts';
import { replayOf } from './derived.ts';
import { edit, useLab } from './lab.ts';

/** The panel's own state. */
export interface ClientsState {
  /** The client that is offered; the one at work goes before it until another is chosen. */
  readonly chosen: string | null;
  /** The vector that the guest masks and unmasks and the device fires, as typed. */
  readonly vector: string;
  /** How many vectors or queues, as typed. */
  readonly count: string;
  /** The device fires the vector `fires` at the end of each ioctl. */
  readonly meanwhile: boolean;
  readonly fires: string;
}

/** The panel's store. */
export const useClients = create<ClientsState>()(() => ({
  chosen: null,
  vector: '0',
  count: '4',
  meanwhile: false,
  fires: '0',
}));

/** What is typed as a number of the table, or null. */
export function numberOf(text: string): number | null {
  return /^\d{1,4}$/.test(text) && Number(text) < 2048 ? Number(text) : null;
}

/** The vector that the device fires meanwhile, or null. */
export function firedVector({ meanwhile, fires }: Pick<ClientsState, 'meanwhile' | 'fires'>): number | null {
  return meanwhile ? numberOf(fires) : null;
}

/** The client that is chosen, or else the one at work, or else the newest QEMU. */
export function shownClient(chosen: string | null, work: AtWork | null): ListedClient {
  const found =
    CLIENTS.find(({ id }) => id === chosen) ?? work?.client ?? CLIENTS.find(({ id }) => id === 'qemu-8.2');
  if (found === undefined) throw new Error('the list of clients is empty');
  return found;
}

/** An action with what is typed; null where that is no number that it can be done with. */
export function actionOf(kind: ActionKind, { vector, count }: ClientsState, masked: boolean): Action | null {
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
      return typed === null || typed === 0 ? null : { kind, count: typed };
    }
    case 'function-mask':
      return { kind, on: !masked };
    default:
      return { kind };
  }
}

/** The guest has set the function mask. */
export function isFunctionMasked(work: AtWork): boolean {
  const last = work.blocks
    .flatMap(({ actions }) => actions)
    .findLast(({ kind }) => kind === 'function-mask' || kind === 'reset');
  return last?.kind === 'function-mask' && last.on;
}

const session = () => currentSession(useLab.getState().history);

/** Starts a client behind the last line, or on an empty script. */
export function start(client: ListedClient, fromEmpty: boolean): void {
  useClients.setState({ chosen: null });
  if (fromEmpty) useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit(`start ${client.label}`, (now) => withClient(fromEmpty ? clearScript(now) : now, client));
}

/** Something happens to the client at work. */
export function act(action: Action): void {
  const fires = firedVector(useClients.getState());
  const before = session();
  edit(actionWords(action), (now) => withAction(now, replayOf(now), action, fires));
  const after = session();
  const sent = after.script.length - before.script.length;
  const told =
    after === before
      ? 'No client is at work.'
      : sent === 0
        ? 'the client calls nothing.'
        : `${counted(sent, 'line')} sent.`;
  useLab.setState(({ announcement }) => ({
    announcement: `${actionWords(action)}: ${told} ${announcement}`,
  }));
}

/** An action by its kind with what is typed, for the commands. */
export function actByKind(kind: ActionKind): void {
  const work = atWork(replayOf(session()));
  if (work?.now == null || work.gone || !work.client.actions.includes(kind)) {
    useLab.setState({ announcement: 'No client is at work that does this.' });
    return;
  }
  const action = actionOf(kind, useClients.getState(), isFunctionMasked(work));
  if (action !== null) act(action);
}

/** The device fires a vector, behind the last line. */
export function fire(vector: number): void {
  edit(`raise ${vector}`, (now) =>
    insertLine(now, now.script.length, scriptLine({ op: { op: 'raise', vector }, faults: [] })),
  );
}

/** The client goes through its actions again, under the kernel that is chosen now. */
export function actAgain(): void {
  edit('the client acts again', actedAgain);
}

/** What starting a client would send. */
export function previewOfStart(client: ListedClient, replayed: Replay): Sent {
  return opening(client, replayed.generation, endOf(replayed));
}

/** What an action would send. */
export function previewOfAction(
  work: AtWork,
  replayed: Replay,
  action: Action,
  fires: number | null,
): Sent | null {
  return work.now === null ? null : acting(work.now, replayed.generation, endOf(replayed), action, fires);
}
