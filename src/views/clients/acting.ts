// A client acts at the end of a session's script: what it would send, found on a copy, and the session with those lines.

import { type AtWork, clientAtWork } from '../../clients/atWork.ts';
import type { Action } from '../../clients/client.ts';
import type { ListedClient } from '../../clients/index.ts';
import { answerOf, type ClientAt, Playing } from '../../clients/play.ts';
import { actionWords, openingWords, parseSaid, withSilent } from '../../clients/words.ts';
import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { Line, Op, RaiseAt } from '../../kernel/line.ts';
import type { Machine } from '../../machine/machine.ts';
import { insertLines, setAction } from '../../session/edits.ts';
import { isKnown, lineCount, machineAfter, type Replay, replayWhole, runAt } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import { type Session, scriptLine } from '../../session/session.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_NUM_IRQS } from '../../uapi/vfio.ts';

/** What a client sends, and what each line did. */
export interface Sent {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly runs: readonly Run[];
}

/** The client at work at the end of a replayed script; null where there is none, or the end is not worked out yet. */
export function atWork(replayed: Replay): AtWork | null {
  if (!isKnown(replayed, lineCount(replayed))) return null;
  return clientAtWork(replayed.script, (line) => {
    const run = runAt(replayed, line);
    return run === null ? null : answerOf(run);
  });
}

/** The device fires this vector at the end of each ioctl on MSI-X or MSI that the client sends; null: it does not. */
function firing(vector: number | null): (op: Op) => readonly RaiseAt[] {
  if (vector === null) return () => [];
  const raises = [{ vector, when: 'after', fn: 'vfio_pci_set_msi_trigger', nth: 1 }] as const;
  return (op) =>
    op.op === 'set_irqs' && (op.index === VFIO_PCI_MSIX_IRQ_INDEX || op.index === VFIO_PCI_MSI_IRQ_INDEX)
      ? raises
      : [];
}

/** The lines with which a client opens the device. Whoever had the device before lets it go. */
export function opening(client: ListedClient, generation: Generation, machine: Machine): Sent {
  const playing = new Playing(generation, machine);
  const { vdev, opened } = machine;
  const inUse = vdev.irq_type !== VFIO_PCI_NUM_IRQS || vdev.err_trigger !== null || vdev.req_trigger !== null;
  if (opened && inUse) playing.perform({ op: 'release' });
  if (!playing.machine.opened) playing.perform({ op: 'reopen' });
  client.start(playing.perform);
  return sentBy(playing, openingWords(client.label));
}

/** What the client sends when something happens to it; no lines where it calls nothing. */
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

/** The session with a client started at its end. */
export function withClient(session: Session, client: ListedClient): Session {
  const replayed = replayWhole(session);
  return appended(session, opening(client, replayed.generation, endOf(replayed)));
}

/**
 * The session after an action of the client that is at work; the same session where there is none. An action that sends
 * nothing is noted with the lines before it.
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

/** The session in which the client has gone through the same actions again, under the session's own kernel. */
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
    // what the device did by itself stays between the same actions
    if (line.op.op === 'raise' || line.op.op === 'lower') {
      flush();
      made = insertLines(made, made.script.length, [written]);
    }
  }
  flush();
  return made;
}

/** The machine after the last line. */
export function endOf(replayed: Replay): Machine {
  return machineAfter(replayed, lineCount(replayed));
}

function appended(session: Session, { text, lines }: Sent): Session {
  const made = lines.map((line, at): ScriptLine => ({ ...scriptLine(line), action: at === 0 ? text : '' }));
  return insertLines(session, session.script.length, made);
}
