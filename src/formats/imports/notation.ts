// Imports the notation, the project's own form of a script.

import type { Problem } from '../../base/result.ts';
import { ScriptReader } from '../notation/parse.ts';
import { ACTION, CURSOR, DEVICE, SKIP } from '../notation/words.ts';
import { type ImportFormat, type ImportReader, type Outcome, passed } from './format.ts';

const OPERATION =
  /^\s*(?:~\s*)?(device|cursor|set_irqs|disable|eventfd|file|close|read|write|irq_info|device_info|reset|release|reopen|cfg_read|cfg_write|clobber|raise|lower)(?:\s+(?!tid=)|$)/;

/** Matches lines other than empty lines, notes and actions. */
const SAYS = /^\s*(?![#@\s])./;

/** A script in notation. */
export const NOTATION: ImportFormat = {
  id: 'notation',
  label: 'Script in notation',
  thing: 'script',
  anyCharacter: true,
  // scripts also contain names of kernel functions, so the notation is tried before other formats, by its first word only
  recognise: (head) => {
    const at = head.findIndex((text) => SAYS.test(text));
    const word = OPERATION.exec(head[at] ?? '')?.[1];
    return word === undefined ? null : `line ${at + 1} begins with “${word}”`;
  },
  open: () => notationReader(),
};

/** Returns why a text may be notation with other text before it; null if no line is an operation. */
export function anyOperation(head: readonly string[]): string | null {
  const at = head.findIndex((text) => OPERATION.test(text));
  return at < 0 ? null : `line ${at + 1} begins with “${OPERATION.exec(head[at] ?? '')?.[1]}”`;
}

function notationReader(): ImportReader {
  const reader = new ScriptReader();
  let lines = 0;
  let read = 0;
  let problems = 0;
  /** The lines from the last operation on: later comments may become its note, and an action may lack its operation. */
  let held: { readonly line: number; outcome: Outcome }[] = [];
  const flush = () => {
    const outcomes = held.map(({ outcome }) => outcome);
    held = [];
    return outcomes;
  };
  const takeProblems = (all: readonly Problem[]) => {
    for (; problems < all.length; problems++) {
      const problem = all[problems];
      const at = held.find(({ line }) => line === problem?.at.line);
      if (problem !== undefined && at !== undefined) at.outcome = { kind: 'bad', problem };
    }
  };
  return {
    add(text) {
      reader.add(text);
      lines++;
      const line = reader.lines[read];
      if (line === undefined) {
        held.push({ line: lines, outcome: passed(whyPassed(text)) });
        takeProblems(reader.problems);
        return [];
      }
      // the next operation decides all waiting lines
      takeProblems(reader.problems);
      const before = flush();
      read++;
      held = [{ line: lines, outcome: { kind: 'read', lines: [line] } }];
      return before;
    },
    end() {
      const { script } = reader.end();
      takeProblems(reader.problems);
      const last = script.lines.at(-1);
      const first = held[0];
      if (last !== undefined && first?.outcome.kind === 'read')
        first.outcome = { kind: 'read', lines: [last] };
      const { device, cursor } = script;
      return { outcomes: flush(), device, ...(cursor === undefined ? {} : { cursor }), assumed: [] };
    },
  };
}

function whyPassed(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'empty';
  if (start.startsWith(DEVICE.word)) return 'the device';
  if (start.startsWith(CURSOR.word)) return 'the cursor';
  if (start.startsWith(ACTION.word)) return 'an action';
  return start.startsWith(SKIP.word) ? 'an empty line' : 'a note';
}
