// A person's progress in the lessons, in the form that the browser keeps and exports.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';

const MOST = 1_000_000;
const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST));
const step = v.strictObject({
  done: v.boolean(),
  /** For a prediction: whether the first answer was right. */
  right: v.optional(v.boolean()),
  /** For a prediction: the index of the first answer that ran. */
  first: v.optional(natural),
  /** For a goal: the fewest lines used. */
  used: v.optional(natural),
  /** For a prediction: the number of answers that ran. For a goal: the number of changes of the script before it was reached, with the last one. */
  tries: v.optional(natural),
  /** For a goal: true once the hint was shown. */
  hinted: v.optional(v.boolean()),
  /** For a goal: true once the solution was shown. */
  helped: v.optional(v.boolean()),
});
const progress = v.strictObject({
  irqscope: v.literal('progress'),
  version: v.literal(1),
  lessons: v.record(v.pipe(v.string(), v.maxLength(100)), v.pipe(v.array(step), v.maxLength(50))),
});

/** The progress in one step. */
export type StepProgress = v.InferOutput<typeof step>;
/** The steps of each lesson, in order. */
export type Progress = Readonly<Record<string, readonly StepProgress[]>>;

/** Reads kept or exported progress. */
export function parseProgress(text: string): Result<Progress> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : 'invalid JSON';
    return failed({ at: { path: 'progress' }, expected: 'JSON', found });
  }
  const parsed = v.safeParse(progress, json);
  if (parsed.success) return ok(parsed.output.lessons);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'progress';
  return failed({ at: { path }, expected: issue.expected ?? issue.message, found: issue.received });
}

/** Returns the progress as text; reading it returns equal progress. */
export function printProgress(lessons: Progress): string {
  return `${JSON.stringify({ irqscope: 'progress', version: 1, lessons }, null, 1)}\n`;
}

/** Returns the better progress of each step. A first answer is never replaced. */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const merged: Record<string, readonly StepProgress[]> = { ...a };
  for (const [id, steps] of Object.entries(b)) {
    const known = a[id] ?? [];
    const count = Math.max(known.length, steps.length);
    merged[id] = Array.from({ length: count }, (_, at) => better(known[at], steps[at]));
  }
  return merged;
}

/** Returns the progress after one more try or hint: the tries of both are added. */
export function addProgress(known: Progress, lesson: string, at: number, more: StepProgress): Progress {
  const tries = (known[lesson]?.[at]?.tries ?? 0) + (more.tries ?? 0);
  const step = tries === 0 ? more : { ...more, tries: Math.min(tries, MOST) };
  const steps = Array.from({ length: at + 1 }, (_, index) => (index === at ? step : { done: false }));
  return mergeProgress(known, { [lesson]: steps });
}

function better(a: StepProgress | undefined, b: StepProgress | undefined): StepProgress {
  // the first answer and whether it was right belong together
  const { right, first } = (a?.right === undefined ? b : a) ?? {};
  const tries = Math.max(a?.tries ?? 0, b?.tries ?? 0);
  const used = Math.min(a?.used ?? Number.POSITIVE_INFINITY, b?.used ?? Number.POSITIVE_INFINITY);
  return {
    done: a?.done === true || b?.done === true,
    ...(right === undefined ? {} : { right }),
    ...(first === undefined ? {} : { first }),
    ...(Number.isFinite(used) ? { used } : {}),
    ...(tries === 0 ? {} : { tries }),
    ...(a?.hinted === true || b?.hinted === true ? { hinted: true } : {}),
    ...(a?.helped === true || b?.helped === true ? { helped: true } : {}),
  };
}
