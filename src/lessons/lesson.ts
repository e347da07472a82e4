// A lesson: a short guided tour in the real lab. It is data: a starting script, and steps that ask the person to predict a
// result or to reach a goal. Answers and goals are predicates that the model evaluates (src/explore/predicate.ts), so any
// equivalent solution counts.

import type { LevelId } from '../formats/lesson/levels.ts';
import type { PlaceId } from '../formats/lesson/places.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { ReleaseId } from '../kernel/releases.ts';

/** The sequences in teaching order. */
export const SEQUENCES = [
  { id: 'layers', title: 'The three layers' },
  { id: 'failures', title: 'Failing calls and the state they leave' },
  { id: 'debate', title: 'The debate of 2023' },
  { id: 'clients', title: 'Real clients' },
  { id: 'kernels', title: 'Releases and hosts' },
] as const;
export type SequenceId = (typeof SEQUENCES)[number]['id'];

/** The source of an explanation: a file, mail or recording. */
export type Source = string;

/** One choice; it is right when its predicate is true after the lines have run. */
export interface Choice {
  readonly text: string;
  readonly holds: string;
  /** One sentence for the person who has chosen this wrong answer: the reason why it is wrong. */
  readonly feedback?: string;
}

/** The parts of every step. */
interface StepCommon {
  readonly ask: string;
  readonly explain: string;
  readonly source: Source;
  /** Notes for the presenter; a learner does not see them. */
  readonly notes?: string;
  /** The kernel from this step on, until another step names one: a generation on the facts of its recorded kernel. */
  readonly generation?: GenerationId;
  /** The same for a kernel release, with its generation and its facts. A step names one of the two. */
  readonly release?: ReleaseId;
}

/** A prediction: the person chooses an answer, then the lines run. */
export interface Predict extends StepCommon {
  readonly kind: 'predict';
  /** Lines in notation that run after the choice. */
  readonly run: string;
  readonly choices: readonly Choice[];
}

/** A goal: any lines that make its predicate true reach it. */
export interface Do extends StepCommon {
  readonly kind: 'do';
  /** A predicate that is false at the beginning of the step. */
  readonly goal: string;
  readonly hint: string;
  /** Lines in notation that reach the goal. */
  readonly solution: string;
  /** The fewest lines that reach the goal with the calls of this lesson's device; only where a search proves it. */
  readonly best?: number;
  /** The place where the person acts; the composer if absent. */
  readonly where?: PlaceId;
}

/** A step of a lesson. */
export type LessonStep = Predict | Do;

/** A lesson without its place among the built-in lessons. */
export interface LessonBody {
  /** Short and stable: links and saved progress contain it. */
  readonly id: string;
  readonly title: string;
  /** The learning goal, in one sentence. */
  readonly about: string;
  /** The usual time, in minutes. */
  readonly minutes?: number;
  readonly level?: LevelId;
  /** The ids of the built-in lessons that a person takes before this one. */
  readonly requires?: readonly string[];
  /** The sentences about what the person knows at the end. */
  readonly learned?: readonly string[];
  readonly generation: GenerationId;
  /** Device line, eventfds and earlier operations, in notation. */
  readonly script: string;
  readonly steps: readonly LessonStep[];
}

/** A built-in lesson. It has every part that a lesson file may leave out. */
export interface Lesson extends LessonBody {
  readonly sequence: SequenceId;
  readonly minutes: number;
  readonly level: LevelId;
  readonly requires: readonly string[];
  readonly learned: readonly string[];
}
