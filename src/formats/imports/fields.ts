// `name=value` fields as tracers print them; a value may be a list in braces or brackets.

/** A field of a line. */
export interface Field {
  readonly text: string;
  /** Where its value begins, from 1. */
  readonly column: number;
}

const FIELD = /([A-Za-z_]\w*)=(\{[^{}]*\}|\[[^[\]]*\]|[^\s,;{}[\]]*)/g;

/** The fields of a line by name; of two with one name the first. */
export function fieldsOf(text: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const found of text.matchAll(FIELD)) {
    const [whole, name = '', value = ''] = found;
    const column = found.index + whole.length - value.length + 1;
    if (!fields.has(name)) fields.set(name, { text: value, column });
  }
  return fields;
}

/** The values of a list, of which brackets or braces may stand around. */
export function listOf(text: string): readonly string[] {
  return text
    .replace(/^[[{]|[\]}]$/g, '')
    .split(/[\s,]+/)
    .filter((value) => value !== '');
}
