// What a lane answers, read by line: the same few accessors over a replay of the model and over a recording.

import type { Frame, Run } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Machine } from '../machine/machine.ts';
import { framesOf, machineAfter, type Replay, runAt } from './replay.ts';
import type { ScriptLine } from './script.ts';

/** The answers of one lane. Lines count from 1. */
export interface LaneRuns {
  readonly generation: GenerationId;
  readonly script: readonly ScriptLine[];
  /** Null where the line is left out, or there is no such line. */
  readonly runAt: (line: number) => Run | null;
  /** The machine after so many lines; past the end it is the last one. */
  readonly machineAfter: (line: number) => Machine;
  /** The kernel calls of a line. */
  readonly framesOf: (line: number) => readonly Frame[];
  /** A recording: some things cannot be seen from outside, and states inside a line are not known. */
  readonly recorded: boolean;
  /** The kernel calls are known, and with them which eventfd an irq signals: not so in some recordings. */
  readonly callsKnown: boolean;
  /** The number by which an irq of this lane is compared: numbers belong to the machine, identity does not. */
  readonly irqKey: (irq: number) => number;
}

/** The lane of a replay. */
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

/** How many lines at the beginning are the same in every lane. */
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

/** A note does not change what a line does. */
function sameLine(a: ScriptLine | undefined, b: ScriptLine | undefined): boolean {
  if (a === undefined || b === undefined || a.disabled !== b.disabled) return false;
  return a.line === b.line || textOf(a) === textOf(b);
}

function textOf({ line }: ScriptLine): string {
  return JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** The longest script. */
export function longest(lanes: readonly LaneRuns[]): number {
  return Math.max(0, ...lanes.map(({ script }) => script.length));
}
