// A lesson as a worksheet on paper: each question with the script before it, the answers to choose or the lines to write, and the
// answer key.

import { printScript } from '../formats/notation/print.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import type { Session } from '../session/session.ts';
import { letterOf } from './answers.ts';
import type { LessonBody, LessonStep } from './lesson.ts';
import { kernelText, ownLines } from './play.ts';
import { begin, kernelOf, next, ownEnd, reveal, rightAnswer, startOf, stepOf } from './taking.ts';

/** A line before a question: its text, or the lines that the person writes as the answer to an earlier question. */
export type BeforeLine =
  | { readonly text: string; readonly answerTo?: undefined }
  | { readonly answerTo: number; readonly text?: undefined };

/** An answer with its letter. */
export interface LetteredChoice {
  readonly letter: string;
  readonly text: string;
}

/** The answer of a question. */
export interface KeyedAnswer {
  /** The right choice of a prediction. */
  readonly choice: LetteredChoice | null;
  /** The lines that reach the goal, or none for a prediction. */
  readonly solution: readonly string[];
  readonly explain: string;
  readonly source: string;
  /** The session after the step's own lines. */
  readonly end: Session;
}

/** A question. */
export interface Question {
  /** Counted from 1. */
  readonly number: number;
  readonly ask: string;
  readonly kernel: string;
  readonly before: readonly BeforeLine[];
  /** The lines of a prediction; none for a goal. */
  readonly run: readonly string[];
  /** The answers of a prediction; none for a goal. */
  readonly choices: readonly LetteredChoice[];
  /** The number of empty lines for the answer. */
  readonly room: number;
  readonly answer: KeyedAnswer;
}

/** A worksheet. */
export interface Worksheet {
  readonly lesson: LessonBody;
  readonly questions: readonly Question[];
}

/** Empty lines under a goal more than its solution has, so that the paper does not tell the number. */
const SPARE_LINES = 2;
/** Empty lines for the reason of an answer. */
const REASON_LINES = 2;

/** Returns the worksheet of a lesson. */
export function worksheetOf(lesson: LessonBody): Worksheet {
  let taking = begin(lesson);
  let before: readonly BeforeLine[] = textLines(printScript(scriptOf(startOf(taking)))).map((text) => ({
    text,
  }));
  const questions = lesson.steps.map((_, at): Question => {
    const step = stepOf(taking);
    const own = ownTexts(step);
    const end = ownEnd(taking);
    const choices = step.kind === 'predict' ? lettered(step.choices) : [];
    const right = step.kind === 'predict' ? rightAnswer(step, end) : null;
    const question: Question = {
      number: at + 1,
      ask: step.ask,
      kernel: kernelText(kernelOf(taking)),
      before,
      run: step.kind === 'predict' ? own : [],
      choices,
      room: step.kind === 'predict' ? REASON_LINES : own.length + SPARE_LINES,
      answer: {
        choice: right === null ? null : (choices[right] ?? null),
        solution: step.kind === 'do' ? own : [],
        explain: step.explain,
        source: step.source,
        end,
      },
    };
    before =
      step.kind === 'predict'
        ? [...before, ...own.map((text) => ({ text }))]
        : [...before, { answerTo: at + 1 }];
    taking = next(reveal(taking));
    return question;
  });
  return { lesson, questions };
}

function lettered(choices: readonly { readonly text: string }[]): readonly LetteredChoice[] {
  return choices.map(({ text }, at) => ({ letter: letterOf(at), text }));
}

function ownTexts(step: LessonStep): readonly string[] {
  return textLines(printScript({ device: null, lines: ownLines(step) }));
}

function textLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
