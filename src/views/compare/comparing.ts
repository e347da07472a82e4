// A comparison computed in slices: the lanes' runs, their differences, their timelines, their ledgers and the counts of their
// interrupts. Nothing is drawn here; the view reads the progress.

import type { OpenedRecording } from '../../recordings/opened.ts';
import { recordedRuns } from '../../recordings/recordedRuns.ts';
import { Divergence } from '../../session/divergence.ts';
import { type LaneRuns, modelRuns } from '../../session/laneRuns.ts';
import { type Lane, laneSession } from '../../session/lanes.ts';
import { type Replay, replay, workOut } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';
import { TimelineData } from '../timeline/data.ts';
import { TimelineWriter } from '../timeline/extract.ts';
import { DeliveryCounter } from './deliveries.ts';
import { LedgerCounter } from './ledger.ts';

/** The lanes that can run, with their results so far. */
export class Comparing {
  readonly divergence: Divergence;
  /** For each chosen lane its index among the running ones, or null for a recording that is not open. */
  readonly places: readonly (number | null)[];
  readonly timelines: readonly TimelineData[];
  readonly ledgers: readonly LedgerCounter[];
  readonly deliveries: readonly DeliveryCounter[];
  readonly #replays: readonly (Replay | null)[];

  /** Reuses the runs of the common beginning from `previous`. */
  constructor(
    lanes: readonly Lane[],
    session: Session,
    opened: OpenedRecording | null,
    previous: Comparing | null,
  ) {
    const replays: (Replay | null)[] = [];
    const runs: LaneRuns[] = [];
    this.places = lanes.map((lane) => {
      const own = laneSession(lane, session);
      if (own === null && opened === null) return null;
      const before = previous?.replayLike(own) ?? null;
      const replayed = own === null ? null : replay(own, before);
      replays.push(replayed);
      if (replayed !== null) runs.push(modelRuns(replayed));
      else if (opened !== null) runs.push(recordedRuns(opened));
      return runs.length - 1;
    });
    this.#replays = replays;
    this.divergence = new Divergence(runs);
    this.timelines = runs.map(() => new TimelineData());
    this.ledgers = runs.map((lane) => new LedgerCounter(lane));
    this.deliveries = runs.map((lane) => new DeliveryCounter(lane));
  }

  /** Returns the replay with the most in common with a session: on the same kernel and host. */
  replayLike(session: Session | null): Replay | null {
    if (session === null) return null;
    const { setup, generation } = session;
    const found = this.#replays.find(
      (one) => one?.generation.id === generation && JSON.stringify(one.setup) === JSON.stringify(setup),
    );
    // replays are shared by the setup's identity
    return found == null ? null : { ...found, setup };
  }

  /** Computes up to `most` more lines; returns false at the end. */
  advance(most: number): boolean {
    const { divergence } = this;
    const from = divergence.done + 1;
    const end = Math.min(divergence.length, divergence.done + most);
    for (const replayed of this.#replays)
      if (replayed !== null) workOut(replayed, Math.min(end, replayed.script.length));
    const more = divergence.advance(most);
    divergence.lanes.forEach((lane, at) => {
      const writer = new TimelineWriter(from);
      let lines = 0;
      for (let line = from; line <= Math.min(end, lane.script.length); line++) {
        const entry = lane.script[line - 1];
        if (entry === undefined) break;
        writer.add(entry, lane.runAt(line));
        lines++;
      }
      if (lines > 0) this.timelines[at]?.append(writer.chunk());
      this.ledgers[at]?.advanceTo(end);
      this.deliveries[at]?.advanceTo(end);
    });
    return more;
  }
}
