// Plans for teaching with irqscope, and the wrong ideas that learners often have. It is data: lessons are named by id, and the right
// answers are those of the lessons, which the model evaluates.

import type { Course } from './course.ts';
import { LESSONS } from './index.ts';
import type { Lesson, Predict } from './lesson.ts';
import { worksheetOf } from './worksheet.ts';

/** A part of a plan. */
export type PlanStep = {
  readonly minutes: number;
  /** The sentence for the teacher. */
  readonly say: string;
} & (
  | {
      /** The teacher presents a lesson, or the learners take it themselves. */
      readonly kind: 'present' | 'lesson';
      readonly lesson: string;
    }
  | {
      /** The picture of the debate of 2023, a talk, or the results of the class. */
      readonly kind: 'debate' | 'talk' | 'results';
    }
);

/** A plan. */
export interface Plan {
  readonly id: string;
  readonly title: string;
  /** Its time, which is the sum of its steps. */
  readonly minutes: number;
  readonly goals: readonly string[];
  readonly steps: readonly PlanStep[];
}

/** The plans, the shortest first. */
export const PLANS: readonly Plan[] = [
  {
    id: 'teach-20',
    title: '20 minutes: one talk with questions',
    minutes: 20,
    goals: [
      'Learners name the three layers: table entry, Linux irq and eventfd.',
      'Learners predict the state that a failed assignment leaves.',
      'Learners say in one sentence which question the review of 2023 discussed.',
    ],
    steps: [
      {
        kind: 'present',
        lesson: 'three-layers',
        minutes: 7,
        say: 'Ask for a show of hands before each answer, and then run the line.',
      },
      {
        kind: 'present',
        lesson: 'ebadf',
        minutes: 5,
        say: 'Let the class say why the old eventfd is gone. The kernel calls show the order.',
      },
      {
        kind: 'debate',
        minutes: 4,
        say: 'Show the one kernel call in which V3 and the merged driver differ.',
      },
      { kind: 'talk', minutes: 4, say: 'Go through three of the wrong ideas below.' },
    ],
  },
  {
    id: 'teach-45',
    title: '45 minutes: a lesson at the computer',
    minutes: 45,
    goals: [
      'Learners tell an attached, a cached and an unallocated vector apart.',
      'Learners predict which vectors a failing block leaves attached.',
      'Learners reach "allocated, not attached" in three ways and say why one rule covers them.',
    ],
    steps: [
      {
        kind: 'present',
        lesson: 'three-layers',
        minutes: 8,
        say: 'Present the first two steps; the class finds the line of the third one.',
      },
      { kind: 'lesson', lesson: 'cached', minutes: 7, say: 'Learners work alone or in pairs.' },
      {
        kind: 'lesson',
        lesson: 'ebadf',
        minutes: 6,
        say: 'Collect the first answers aloud before the lines run.',
      },
      {
        kind: 'lesson',
        lesson: 'no-rollback',
        minutes: 8,
        say: 'Most learners expect a rollback. Ask who would have to do it, and with which calls.',
      },
      {
        kind: 'debate',
        minutes: 4,
        say: 'Show the call in which V3 frees an irq of the original allocation.',
      },
      {
        kind: 'lesson',
        lesson: 'three-roads',
        minutes: 8,
        say: 'Fast learners finish it; the others reach at least the second way.',
      },
      {
        kind: 'results',
        minutes: 4,
        say: 'Learners save their results. Look at the question with the smallest share right.',
      },
    ],
  },
  {
    id: 'teach-90',
    title: '90 minutes: from the three layers to the debate',
    minutes: 90,
    goals: [
      'Learners predict the state after each ioctl of a short script.',
      'Learners explain the gap before v6.5 and the rule of the merged driver.',
      'Learners weigh reliability against the cost of a cached irq, with sources.',
    ],
    steps: [
      { kind: 'present', lesson: 'three-layers', minutes: 8, say: 'Present the whole lesson.' },
      { kind: 'lesson', lesson: 'cached', minutes: 8, say: 'Learners work alone or in pairs.' },
      { kind: 'lesson', lesson: 'ebadf', minutes: 6, say: 'Collect the first answers aloud.' },
      {
        kind: 'lesson',
        lesson: 'no-rollback',
        minutes: 9,
        say: 'Talk about the promise that the kernel does not make.',
      },
      {
        kind: 'lesson',
        lesson: 'gap',
        minutes: 9,
        say: 'The reason for dynamic allocation: let the class find the moment without a handler.',
      },
      { kind: 'talk', minutes: 10, say: 'Break.' },
      {
        kind: 'lesson',
        lesson: 'v2-policy',
        minutes: 6,
        say: 'The first rule of the review, and why it changed.',
      },
      { kind: 'debate', minutes: 4, say: 'Show the call in which V3 and the merged driver differ.' },
      {
        kind: 'lesson',
        lesson: 'v3-original',
        minutes: 9,
        say: 'Two vectors of one failed block end differently under V3.',
      },
      {
        kind: 'lesson',
        lesson: 'pool',
        minutes: 8,
        say: 'The objection of the review. Let the class argue for both sides.',
      },
      {
        kind: 'talk',
        minutes: 8,
        say: 'Go through the wrong ideas below; each learner names the source of one right answer.',
      },
      {
        kind: 'results',
        minutes: 5,
        say: 'Learners save their results. Look at the most frequent wrong answers together.',
      },
    ],
  },
];

/** A wrong idea: a wrong answer of a prediction of a lesson. */
export interface WrongIdea {
  readonly idea: string;
  readonly lesson: string;
  /** Counted from 1. */
  readonly step: number;
  /** The wrong answer, letter for letter. */
  readonly wrong: string;
}

/** The wrong ideas that are met most. */
export const WRONG_IDEAS: readonly WrongIdea[] = [
  {
    idea: 'A vector without an eventfd has no irq.',
    lesson: 'three-layers',
    step: 1,
    wrong: 'One: only vector 0 has an eventfd',
  },
  {
    idea: 'An interrupt of a vector without a handler is lost.',
    lesson: 'three-layers',
    step: 2,
    wrong: 'It is lost',
  },
  { idea: 'Detaching an eventfd frees the irq.', lesson: 'cached', step: 1, wrong: 'It is freed' },
  {
    idea: 'A failed assignment leaves the vector as it was.',
    lesson: 'ebadf',
    step: 1,
    wrong: 'It is still attached to eventfd 11',
  },
  {
    idea: 'A failing block restores the earlier eventfds.',
    lesson: 'no-rollback',
    step: 1,
    wrong: 'All four, to their old eventfds',
  },
  {
    idea: 'A client masks an MSI-X vector with the MASK action.',
    lesson: 'enotty',
    step: 1,
    wrong: '0, and the table entry is masked',
  },
  {
    idea: 'A positive return means that so many vectors are enabled.',
    lesson: 'positive',
    step: 1,
    wrong: '3, with three vectors attached',
  },
  {
    idea: 'Every kernel adds a vector to enabled MSI-X.',
    lesson: 'gap',
    step: 1,
    wrong: 'Vector 3 gets an irq',
  },
  {
    idea: 'A vector that needs an irq can take a cached one.',
    lesson: 'pool',
    step: 1,
    wrong: 'Vector 5 gets the cached irq of vector 1',
  },
  {
    idea: 'DATA_NONE with a count detaches vectors.',
    lesson: 'state-of-the-client',
    step: 3,
    wrong: 'Both are detached',
  },
];

/** Returns the built-in lesson with that id; throws for another one, which a test rules out. */
export function lessonById(id: string): Lesson {
  const found = LESSONS.find((lesson) => lesson.id === id);
  if (found === undefined) throw new Error(`unknown lesson ${id}`);
  return found;
}

/** Returns the right answer of the step of a wrong idea, with its explanation and source. */
export function rightIdea({ lesson, step }: WrongIdea): Pick<Predict, 'explain' | 'source'> & {
  readonly right: string;
} {
  const answer = worksheetOf(lessonById(lesson)).questions[step - 1]?.answer;
  if (answer === undefined || answer.choice === null) throw new Error(`${lesson} has no prediction ${step}`);
  return { right: answer.choice.text, explain: answer.explain, source: answer.source };
}

/** Returns the lessons that the learners of a plan take themselves, as a course; all its lessons where the teacher presents each. */
export function planCourse({ id, title, minutes, steps }: Plan): Course {
  const named = (kinds: readonly PlanStep['kind'][]) =>
    steps.flatMap((step) => ('lesson' in step && kinds.includes(step.kind) ? [lessonById(step.lesson)] : []));
  const own = named(['lesson']);
  return {
    id,
    title: `irqscope in ${minutes} minutes`,
    about: `The lessons of the plan “${title}”.`,
    assignment: false,
    lessons: own.length === 0 ? named(['present']) : own,
  };
}
