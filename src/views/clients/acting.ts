// A client acts at the end of a session's script: previews its operations on a copy, and adds those lines to the session.

import { type AtWork, clientAtWork } from '../../clients/atWork.ts';
import type { Action } from '../../clients/client.ts';
import type { ListedClient } from '../../clients/index.ts';
import { answerOf, type ClientAt, Playing } from '../../clients/play.ts';
import { actionWords, openingWords, parseSaid, withSilent } from '../../clients/words.ts';
import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { Line, Op, RaiseAt } from '../../kernel/line.ts';
import type { Machine } from '../../machine/machine.ts';
import { insertLines, setAction } from '../../session/lineEdits.ts';
import { isKnown, lineCount, machineAfter, type Replay, replayWhole, runAt } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import { type Session, scriptLine } from '../../session/session.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_NUM_IRQS } from '../../uapi/vfio.ts';

/** The lines that a client sends, and the run of each. */
export interface Sent {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly runs: readonly Run[];
}

/** Returns the client at work at the end of a replayed script; null without one, or while the end is not computed yet. */
export function atWork(replayed: Replay): AtWork | null {
  if (!isKnown(replayed, lineCount(replayed))) return null;
  return clientAtWork(replayed.script, replayed.setup.device, (line) => {
    const run = runAt(replayed, line);
    return run === null ? null : answerOf(run);
  });
}

/** The device raises this vector at the end of each ioctl on MSI-X or MSI that the client sends; null: it does not. */
function firing(vector: number | null): (op: Op) => readonly RaiseAt[] {
  if (vector === null) return () => [];
  const raises = [{ vector, when: 'after', fn: 'vfio_pci_set_msi_trigger', nth: 1 }] as const;
  return (op) =>
    op.op === 'set_irqs' && (op.index === VFIO_PCI_MSIX_IRQ_INDEX || op.index === VFIO_PCI_MSI_IRQ_INDEX)
      ? raises
      : [];
}

/** Returns the lines with which a client opens the device. A previous owner closes it first. */
export function opening(client: ListedClient, generation: Generation, machine: Machine): Sent {
  const playing = new Playing(generation, machine);
  const { vdev, openCount } = machine;
  const inUse = vdev.irq_type !== VFIO_PCI_NUM_IRQS || vdev.err_trigger !== null || vdev.req_trigger !== null;
  if (inUse) for (let left = openCount; left > 0; left--) playing.perform({ op: 'release' });
  if (playing.machine.openCount === 0) playing.perform({ op: 'reopen' });
  client.start(machine.device, playing.perform);
  return sentBy(playing, openingWords(client.label));
}

/** Returns the lines that the client sends after an action; empty when it sends no operation. */
export function acting(
  now: ClientAt,
  generation: Generation,
  machine: Machine,
  action: Action,
  fires: number | null,
): Sent {
  const playing = new Playing(generation, machine, firing(fires));
  now.act(action, playing.perform);
  return sentBy(playing, actionWords(action));
}

function sentBy({ lines, runs }: Playing, text: string): Sent {
  return { text, lines, runs };
}

/** Adds a client at the end of the session. */
export function withClient(session: Session, client: ListedClient): Session {
  const replayed = replayWhole(session);
  return appended(session, opening(client, replayed.generation, endOf(replayed)));
}

/**
 * Adds an action of the client at work; returns the same session without one. An action that sends no operation is added to
 * the text of the lines before it.
 */
export function withAction(
  session: Session,
  replayed: Replay,
  action: Action,
  fires: number | null,
): Session {
  const work = atWork(replayed);
  if (work?.now == null) return session;
  const sent = acting(work.now, replayed.generation, endOf(replayed), action, fires);
  if (sent.lines.length > 0) return appended(session, sent);
  const last = work.blocks.at(-1)?.from ?? work.from;
  const text = session.script[last - 1]?.action ?? '';
  return setAction(session, last - 1, withSilent(text, action));
}

/** Replays the client's actions on the session's own kernel and replaces its lines. */
export function actedAgain(session: Session): Session {
  const work = atWork(replayWhole(session));
  if (work === null) return session;
  const before = session.script.slice(0, work.from - 1);
  const after = session.script.slice(work.from - 1);
  let made = withClient({ ...session, script: before }, work.client);
  let fires: number | null = null;
  // the actions of the opening line come after it
  const pending = [...(parseSaid(after[0]?.action ?? '')?.actions ?? [])];
  const flush = () => {
    for (const action of pending.splice(0)) made = withAction(made, replayWhole(made), action, fires);
  };
  for (const [at, written] of after.entries()) {
    const { line, action } = written;
    if (at > 0) {
      const said = parseSaid(action);
      if (said !== null) {
        flush();
        fires = null;
        pending.push(...said.actions);
      }
    }
    fires ??= line.raises?.[0]?.vector ?? null;
    // actions of the device stay between the same actions of the client
    if (line.op.op === 'raise' || line.op.op === 'lower') {
      flush();
      made = insertLines(made, made.script.length, [written]);
    }
  }
  flush();
  return made;
}

/** Returns the machine after the last line. */
export function endOf(replayed: Replay): Machine {
  return machineAfter(replayed, lineCount(replayed));
}

function appended(session: Session, { text, lines }: Sent): Session {
  const made = lines.map((line, at): ScriptLine => ({ ...scriptLine(line), action: at === 0 ? text : '' }));
  return insertLines(session, session.script.length, made);
}
