// Prints a line of a script in its canonical form. Reading the text returns an equal line.

import type { Fault, RaiseAt } from '../../kernel/line.ts';
import { type ScriptLine, tidyAction, tidyNote } from '../../session/script.ts';
import { printOp } from './printOp.ts';
import { printTraced, readTraced } from './traced.ts';
import { ACTION, FAULTS, RAISE, SKIP } from './words.ts';

/**
 * Returns one line, without a final line break. An action is a separate line before the operation, such as
 * `@ guest unmasks vector 3`. A note of one line follows the operation; a longer note is comment lines before it. A traced result
 * follows the operation, and then every note is before it.
 */
export function printLine({ line, note, action, disabled, traced }: ScriptLine): string {
  const { op, faults, raises = [] } = line;
  const skip = disabled ? `${SKIP.word} ` : '';
  const meanwhile = [...faults.map(printFault), ...raises.map(printRaise)];
  const injected = meanwhile.length === 0 ? '' : ` ${FAULTS.word} ${meanwhile.join(' ')}`;
  const text = `${skip}${printOp(op)}${injected}`;
  const did = tidyAction(action);
  const before = did === '' ? [] : [`${ACTION.word} ${did}`];
  const notes = tidyNote(note).split('\n');
  const behind = traced === undefined ? '' : ` # ${printTraced(traced)}`;
  const [first = ''] = notes;
  // a note behind the operation must not read as a result
  if (notes.length > 1 || (first !== '' && (behind !== '' || readTraced(first) !== null)))
    return [...before, ...notes.map((part) => `# ${part}`.trim()), `${text}${behind}`].join('\n');
  return [...before, first === '' ? `${text}${behind}` : `${text} # ${first}`].join('\n');
}

/** Returns the line without its note, action and traced result. */
export function printBare(entry: ScriptLine): string {
  const { line, disabled } = entry;
  return printLine({ line, note: '', action: '', disabled });
}

/** Returns a fault, such as `request_irq#1=ENOSPC`. */
export function printFault({ site, nth, result }: Fault): string {
  return `${site}#${nth}=${result}`;
}

/** Returns an interrupt raised within the line, such as `raise 0 after free_irq#1`. */
export function printRaise({ vector, when, fn, nth }: RaiseAt): string {
  return `${RAISE.word} ${vector} ${when} ${fn}#${nth}`;
}
