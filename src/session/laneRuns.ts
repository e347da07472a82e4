// The runs of a lane by line: the same accessors for a replay of the model and for a recording.

import type { Frame, Run } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Machine } from '../machine/machine.ts';
import { framesOf, machineAfter, type Replay, runAt } from './replay.ts';
import type { ScriptLine } from './script.ts';

/** The runs of one lane. Lines count from 1. */
export interface LaneRuns {
  readonly generation: GenerationId;
  readonly script: readonly ScriptLine[];
  /** Null when the line is left out or does not exist. */
  readonly runAt: (line: number) => Run | null;
  /** The machine after this many lines; past the end, the last one. */
  readonly machineAfter: (line: number) => Machine;
  /** The kernel calls of a line. */
  readonly framesOf: (line: number) => readonly Frame[];
  /** A recording: part of the state is invisible, and states inside a line are unknown. */
  readonly recorded: boolean;
  /** The kernel calls are known, and with them the eventfd of each irq; some recordings lack them. */
  readonly callsKnown: boolean;
  /** Returns the number by which an irq of this lane is compared: numbers belong to the machine, identity does not. */
  readonly irqKey: (irq: number) => number;
}

/** Returns the lane of a replay. */
export function modelRuns(replayed: Replay): LaneRuns {
  return {
    generation: replayed.generation.id,
    script: replayed.script,
    runAt: (line) => runAt(replayed, line),
    machineAfter: (line) => machineAfter(replayed, line),
    framesOf: (line) => framesOf(replayed, line),
    recorded: false,
    callsKnown: true,
    irqKey: (irq) => irq,
  };
}

/** Returns the number of lines at the beginning that are equal in every lane. */
export function commonLines(lanes: readonly LaneRuns[]): number {
  const [first, ...others] = lanes;
  if (first === undefined) return 0;
  let common = first.script.length;
  for (const { script } of others) {
    if (script === first.script) continue;
    const most = Math.min(common, script.length);
    let same = 0;
    while (same < most && sameLine(first.script[same], script[same])) same++;
    common = same;
  }
  return common;
}

/** A note does not change a line's effect. */
function sameLine(a: ScriptLine | undefined, b: ScriptLine | undefined): boolean {
  if (a === undefined || b === undefined || a.disabled !== b.disabled) return false;
  return a.line === b.line || textOf(a) === textOf(b);
}

function textOf({ line }: ScriptLine): string {
  return JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** Returns the length of the longest script. */
export function longest(lanes: readonly LaneRuns[]): number {
  return Math.max(0, ...lanes.map(({ script }) => script.length));
}
