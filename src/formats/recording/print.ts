// Prints states and steps in the schema of recordings.

import type { Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import { observe } from '../../session/observe.ts';

/** A JSON value; bigints are u64 values and are printed with all digits. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Returns JSON text. A bigint becomes a number with all its digits; undefined fields are left out. */
export function jsonText(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  const fields = Object.entries(value).flatMap(([key, field]) =>
    field === undefined ? [] : [`${JSON.stringify(key)}:${jsonText(field)}`],
  );
  return `{${fields.join(',')}}`;
}

function isList(
  value: readonly Json[] | { readonly [key: string]: Json | undefined },
): value is readonly Json[] {
  return Array.isArray(value);
}

/** Returns an operation in its recorded form. */
export function recordedOp(op: Op): Json {
  if (op.op !== 'set_irqs') return { ...op };
  const { data, ...header } = op;
  return data.kind === 'none' ? header : { ...header, [data.kind]: data.values };
}

/** Returns one step as a line of JSON: `n`, `op`, `ret`, `errno`, `out` if there is one, and `after`. */
export function stepJson(n: number, op: Op, run: Run): string {
  const state = observe(run.after);
  const eventfds: Record<string, bigint> = {};
  for (const [fd, count] of state.eventfds) eventfds[String(fd)] = count;
  return jsonText({
    n,
    op: recordedOp(op),
    ret: run.ret,
    errno: run.errno,
    out: run.out === null ? undefined : { ...run.out },
    after: { ...state, eventfds },
  });
}
