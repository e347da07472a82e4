// A script with its results as text in the style of strace, for readers without the frame.

import { type Replay, runAt, workOut } from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import { printFault } from '../notation/printLine.ts';
import { printOp } from '../notation/printOp.ts';
import { straceLine } from '../strace.ts';

/**
 * Returns at most `most` numbered lines of the script, without an empty line between them (Markdown ends HTML there). A long
 * script is computed as far as it is listed.
 */
export function scriptListing(replayed: Replay, most: number): string {
  const { script } = replayed;
  const shown = script.slice(0, most);
  workOut(replayed, shown.length);
  const width = String(shown.length).length;
  const margin = ' '.repeat(width + 2);
  const lines = shown.flatMap((entry, at) => {
    const { action, note } = entry;
    const remarks = note.split('\n').filter((part) => part.trim() !== '');
    return [
      ...(action === '' ? [] : [`${margin}@ ${action}`]),
      `${String(at + 1).padStart(width)}  ${lineText(replayed, entry, at + 1)}`,
      ...remarks.map((part) => `${margin}# ${part}`),
    ];
  });
  const more = script.length - shown.length;
  if (more > 0) lines.push(`${margin}… ${more} more line${more === 1 ? '' : 's'}`);
  return lines.join('\n');
}

function lineText(replayed: Replay, { line }: ScriptLine, at: number): string {
  const result = runAt(replayed, at);
  if (result === null) return `(skipped) ${printOp(line.op)}`;
  const faults = line.faults.map((fault) => ` [fault ${printFault(fault)}]`).join('');
  return `${straceLine(line.op, result, line.raises)}${faults}`;
}
