// The messages between a presentation and its notes window. Each side parses what it gets; a message of another form is ignored.

import * as v from 'valibot';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const part = v.strictObject({
  lesson: v.string(),
  /** Counts from 1. */
  step: natural,
  steps: natural,
  kernel: v.string(),
  ask: v.string(),
  /** The author's notes; empty without any. */
  notes: v.string(),
  answer: v.string(),
  explain: v.string(),
  /** The question of the next step; empty after the last one. */
  next: v.string(),
  revealed: v.boolean(),
  isFirst: v.boolean(),
  isEnd: v.boolean(),
  /** The start of the presentation in milliseconds of the clock. */
  since: v.number(),
});
const told = v.strictObject({ irqscope: v.literal('presentation'), shown: v.nullable(part) });
const ACTIONS = ['hello', 'back', 'answer', 'next', 'forward'] as const;
const asked = v.strictObject({ irqscope: v.literal('notes'), action: v.picklist(ACTIONS) });

/** The part of a presentation that the notes are about. */
export type PresentedPart = v.InferOutput<typeof part>;

/** The message to the notes window; `shown` is null after the end of the presentation. */
export type PresentationMessage = v.InferOutput<typeof told>;

/** A message from the notes window: it is open, or a button is pressed. */
export type NotesMessage = v.InferOutput<typeof asked>;

/** The actions of the notes window. `forward` is a press of a clicker: the answer, or else the next step. */
export type NotesAction = NotesMessage['action'];

/** Reads a message of the presentation; null for any other value. */
export function readPresentation(data: unknown): PresentationMessage | null {
  const parsed = v.safeParse(told, data);
  return parsed.success ? parsed.output : null;
}

/** Reads a message of the notes window; null for any other value. */
export function readNotes(data: unknown): NotesMessage | null {
  const parsed = v.safeParse(asked, data);
  return parsed.success ? parsed.output : null;
}
