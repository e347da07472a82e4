// Reads `name=value` fields as tracers print them. A value may be a list in braces or brackets.

/** A field of a line. */
export interface Field {
  readonly text: string;
  /** The column of its value, from 1. */
  readonly column: number;
}

const FIELD = /([A-Za-z_]\w*)=(\{[^{}]*\}|\[[^[\]]*\]|[^\s,;{}[\]]*)/g;

/** Returns the fields of a line by name. The first of two fields with the same name counts. */
export function fieldsOf(text: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const found of text.matchAll(FIELD)) {
    const [whole, name = '', value = ''] = found;
    const column = found.index + whole.length - value.length + 1;
    if (!fields.has(name)) fields.set(name, { text: value, column });
  }
  return fields;
}

/** Returns the values of a list, with or without brackets or braces. */
export function listOf(text: string): readonly string[] {
  return text
    .replace(/^[[{]|[\]}]$/g, '')
    .split(/[\s,]+/)
    .filter((value) => value !== '');
}
