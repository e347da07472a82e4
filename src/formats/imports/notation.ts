// Imports the notation, the project's own form of a script.

import type { Problem } from '../../base/result.ts';
import { ScriptReader } from '../notation/parse.ts';
import { ACTION, CURSOR, DEVICE, SKIP } from '../notation/words.ts';
import { type ImportFormat, type ImportReader, type Outcome, passed } from './format.ts';

const OPERATION =
  /^\s*(?:~\s*)?(device|cursor|set_irqs|disable|eventfd|file|close|read|write|irq_info|device_info|reset|hot_reset|hot_reset_info|release|reopen|cfg_read|cfg_write|clobber|raise|lower)(?:\s+(?!tid=)|$)/;

/** Matches a line that is a note or an action. */
const REMARK = /^\s*[#@]/;

/** A script in notation. */
export const NOTATION: ImportFormat = {
  id: 'notation',
  label: 'Script in notation',
  thing: 'script',
  anyCharacter: true,
  travels: false,
  mark: (text) => {
    const word = OPERATION.exec(text)?.[1];
    return word === undefined ? null : `the operation “${word}”`;
  },
  begin: () => ({ open: () => notationReader() }),
};

/** Returns true if the first line with text shows that the whole text is a script. */
export function startsAsScript(first: string): boolean {
  return OPERATION.test(first) || REMARK.test(first);
}

/** Plain characters, without signs of HTML. */
const PLAIN = /^[\t !-%'-;=-~]*$/;
/** What quoted-printable makes of “=”, of characters beyond ASCII and of a line's end. */
const ENCODED = /=(?:$|3D|[\dA-F]?[A-F]|(?:09|20)$)/i;
/** A note that a mailer may have wrapped: the rest of it could begin like an operation. */
const LONG_NOTE = /^(?=.{60,200}$).*[#@]/;

/**
 * Returns true if every line is empty, a note, an action or an operation in plain characters, and no mailer has wrapped them: such
 * a text is a script, and it arrived unchanged. It saves the search for all ways and formats, which takes longer than reading.
 */
export function isPlainScript(lines: readonly string[]): boolean {
  return lines.every(
    (text) =>
      text === '' ||
      // an indent may be that of a mail
      (!/^\s/.test(text) &&
        startsAsScript(text) &&
        PLAIN.test(text) &&
        !ENCODED.test(text) &&
        !LONG_NOTE.test(text)),
  );
}

function notationReader(): ImportReader {
  const reader = new ScriptReader();
  let lines = 0;
  let read = 0;
  let problems = 0;
  /** The lines from the last operation on: later comments may become its note, and an action may lack its operation. */
  let held: { readonly line: number; outcome: Outcome }[] = [];
  const flush = () => {
    const [first] = held;
    // most lines are operations without comments
    const outcomes =
      held.length === 1 && first !== undefined ? [first.outcome] : held.map(({ outcome }) => outcome);
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
