// Reads the JSON of probes: bpftrace wraps each printf in an object (`-f json`); other programs print one object per call.

import type { Field } from '../fields.ts';

/** A line without its JSON wrapper. A line without JSON is plain text. */
export type ProbeLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, Field> }
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'broken'; readonly column: number; readonly found: string };

/** Removes the JSON wrapper of a line. */
export function jsonText(line: string): ProbeLine {
  const start = line.trimStart();
  if (start === '[' || start === ']' || start === '],') return { kind: 'passed', why: 'a bracket' };
  if (!start.startsWith('{')) return { kind: 'text', text: line };
  let json: unknown;
  try {
    json = JSON.parse(start.trimEnd().replace(/,$/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'invalid JSON';
    const position = / position (\d+)/.exec(message)?.[1];
    const column = (position === undefined ? start.trimEnd().length : Number(position)) + 1;
    return { kind: 'broken', column: column + line.length - start.length, found: message };
  }
  if (typeof json !== 'object' || json === null) return { kind: 'text', text: line };
  if ('type' in json && json.type === 'printf' && 'data' in json && typeof json.data === 'string')
    return { kind: 'text', text: json.data.trimEnd() };
  const all = new Map<string, unknown>(Object.entries(json));
  if (typeof all.get('type') === 'string') return { kind: 'passed', why: 'a message of bpftrace' };
  const fields = new Map<string, Field>();
  for (const [name, value] of all) {
    const text = textOf(value);
    if (text === null) continue;
    fields.set(name, { text, column: Math.max(0, line.indexOf(`"${name}"`)) + 1 });
  }
  return { kind: 'fields', fields };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'string') return String(value);
  if (!Array.isArray(value)) return null;
  return value
    .map((one) => (typeof one === 'number' || typeof one === 'string' ? String(one) : '?'))
    .join(' ');
}
