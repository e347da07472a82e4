// A lesson: a short guided tour in the real lab. It is data: a script to begin with, and steps that ask the person to
// predict or to do something. Nothing in it says what the kernel answers; predictions and goals are predicates, which
// the model decides (src/explore/predicate.ts), so any equivalent solution counts.

import type { GenerationId } from '../kernel/generations/generation.ts';

/** The sequences in teaching order. */
export const SEQUENCES = [
  { id: 'layers', title: 'The three layers' },
  { id: 'failures', title: 'What fails, and what is left behind' },
  { id: 'debate', title: 'The debate' },
  { id: 'clients', title: 'What real clients do' },
] as const;
/** One of them. */
export type SequenceId = (typeof SEQUENCES)[number]['id'];

/** Where an explanation is known from. */
export type Source = string;

/** One answer that can be chosen; it is right when its predicate holds after the lines have run. */
export interface Choice {
  readonly text: string;
  readonly holds: string;
}

/** "What will happen?": the person chooses, then the lines run. */
export interface Predict {
  readonly kind: 'predict';
  readonly ask: string;
  /** Lines in notation that run after the choice. */
  readonly run: string;
  readonly choices: readonly Choice[];
  readonly explain: string;
  readonly source: Source;
  /** The kernel under which it runs, and all that follows until another is named. */
  readonly generation?: GenerationId;
}

/** "Reach this": any lines that make the goal true will do. */
export interface Do {
  readonly kind: 'do';
  readonly ask: string;
  /** A predicate; it must not hold before. */
  readonly goal: string;
  readonly hint: string;
  /** Lines in notation that reach it. */
  readonly solution: string;
  /** The fewest lines that reach it with the calls of this lesson's device, where that has been proven by search. */
  readonly best?: number;
  readonly explain: string;
  readonly source: Source;
  readonly generation?: GenerationId;
}

/** A step of a lesson. */
export type LessonStep = Predict | Do;

/** What a lesson says, wherever it comes from. */
export interface LessonBody {
  /** Short and stable: it stands in links and in what is kept of a person's progress. */
  readonly id: string;
  readonly title: string;
  /** What one knows afterwards, in one sentence. */
  readonly about: string;
  readonly generation: GenerationId;
  /** Device line, eventfds and what has been done before, in notation. */
  readonly script: string;
  readonly steps: readonly LessonStep[];
}

/** A lesson that comes with the page. */
export interface Lesson extends LessonBody {
  readonly sequence: SequenceId;
}
