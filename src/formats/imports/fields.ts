// Reads `name=value` fields as tracers print them. A value may be a list in braces or brackets.

import { isDigit, isSpace, isWord } from '../characters.ts';

/** A field of a line. */
export interface Field {
  readonly text: string;
  /** The column of its value, from 1. */
  readonly column: number;
}

/** Returns the fields of a line by name. The first of two fields with the same name counts. */
export function fieldsOf(text: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  let from = 0;
  for (let equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', from)) {
    let begin = equals;
    while (begin > from && isWord(text.charCodeAt(begin - 1))) begin--;
    while (begin < equals && isDigit(text.charCodeAt(begin))) begin++;
    const at = equals + 1;
    from = begin === equals ? at : valueEnd(text, at);
    if (begin === equals) continue;
    const name = text.slice(begin, equals);
    if (!fields.has(name)) fields.set(name, { text: text.slice(at, from), column: at + 1 });
  }
  return fields;
}

/** Characters that end a value outside of brackets, besides white space. */
const ENDS = ',;{}[]';

function endsValue(text: string, at: number): boolean {
  return isSpace(text.charCodeAt(at)) || ENDS.includes(text.charAt(at));
}

/** Returns the end of a value: of its list, or of its word. */
function valueEnd(text: string, from: number): number {
  const first = text[from];
  const closing = first === '{' ? '}' : first === '[' ? ']' : null;
  if (closing === null) {
    let at = from;
    while (at < text.length && (isWord(text.charCodeAt(at)) || !endsValue(text, at))) at++;
    return at;
  }
  const end = text.indexOf(closing, from);
  const inner = text.indexOf(first ?? '', from + 1);
  // a list without its end, or with another list inside, is no value
  return end < 0 || (inner >= 0 && inner < end) ? from : end + 1;
}

/** Returns the values of a list, with or without brackets or braces. */
export function listOf(text: string): readonly string[] {
  return text
    .replace(/^[[{]|[\]}]$/g, '')
    .split(/[\s,]+/)
    .filter((value) => value !== '');
}
