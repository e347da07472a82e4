// Writes states and steps in the recordings' own schema.

import type { Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import { observe } from '../../session/observe.ts';

/** A value that JSON can hold; bigints stand for u64 and are written digit for digit. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** JSON text; a bigint is written as a number with all its digits, undefined fields are left out. */
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

/** An operation in the form that recordings have. */
export function recordedOp(op: Op): Json {
  if (op.op !== 'set_irqs') return { ...op };
  const { data, ...header } = op;
  return data.kind === 'none' ? header : { ...header, [data.kind]: data.values };
}

/** One step as a line of JSON: `n`, `op`, `ret`, `errno`, `out` where there is one, and `after`. */
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
