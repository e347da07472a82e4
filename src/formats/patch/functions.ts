// The functions that a hunk touches. They follow from the text behind the second @@, which git and diff -p take from the last line
// before the hunk that begins a function, and from the definitions inside the hunk.

import type { PatchLine } from './patch.ts';

/** Words that can stand before a bracket and name no function. */
const WORDS: ReadonlySet<string> = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'sizeof',
  'do',
  'else',
]);
/** The most characters of a line with a function's name, and the most lines of its head. */
const LONGEST = 400;
const HEAD_LINES = 40;

/** Returns the function that a line begins to define or declare; null for any other line. */
export function functionOf(text: string): string | null {
  // the name of a macro in capitals, such as EXPORT_SYMBOL_GPL(x), defines none
  const [, name = ''] = /^[A-Za-z_][\w\s*]*?[\s*]([a-z_]\w*)\s*\(/.exec(text.slice(0, LONGEST)) ?? [];
  return name === '' || WORDS.has(name) || text.startsWith('typedef') ? null : name;
}

/** The functions with a changed line. */
interface Touched {
  readonly functions: readonly string[];
  /** A changed line, not an empty one, is outside of every function. */
  readonly outside: boolean;
}

/** Returns the functions of the added and removed lines, in their order. */
export function touchedFunctions(section: string, lines: readonly PatchLine[]): Touched {
  const around = { old: functionOf(section), new: functionOf(section) };
  const functions = new Set<string>();
  let outside = false;
  for (const [at, line] of lines.entries()) {
    for (const side of ['old', 'new'] as const) {
      if (line[side] === null) continue;
      const own = ownerOf(lines, at, side, around[side]);
      around[side] = line.text.startsWith('}') ? null : own;
      if (line.kind === 'context') continue;
      if (own !== null) functions.add(own);
      else if (line.text.trim() !== '') outside = true;
    }
  }
  return { functions: [...functions], outside };
}

/** Returns the function of a line in one version; `before` is that of the line before, unless the line before ended it. */
function ownerOf(
  lines: readonly PatchLine[],
  at: number,
  side: 'old' | 'new',
  before: string | null,
): string | null {
  const text = lines[at]?.text ?? '';
  const named = functionOf(text);
  if (named !== null) return isDefinition(lines, at, side) ? named : null;
  // a struct, a macro call or a comment at the left margin is in no function, a label is
  const isMargin = /^(?:[A-Za-z_]|\/[/*])/.test(text) && !/^\w+:/.test(text);
  return isMargin ? null : before;
}

/** Returns whether a body follows the head that begins in a line; true if the hunk ends before that is known. */
function isDefinition(lines: readonly PatchLine[], from: number, side: 'old' | 'new'): boolean {
  for (let at = from; at < Math.min(lines.length, from + HEAD_LINES); at++) {
    const line = lines[at];
    if (line === undefined || line[side] === null) continue;
    if (/^\{|\)\s{0,8}\{/.test(line.text)) return true;
    if (/;\s{0,8}(?:\/\*.*)?$/.test(line.text)) return false;
  }
  return true;
}
