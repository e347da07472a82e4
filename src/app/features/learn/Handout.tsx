// The printable handout of a lesson: each step with its question, lines, resulting wiring and explanation.

import { useMemo } from 'react';
import type { LessonBody, LessonStep } from '../../../lessons/lesson.ts';
import { kernelText } from '../../../lessons/play.ts';
import { begin, kernelOf, next, ownEnd, reveal, rightAnswer, stepOf } from '../../../lessons/taking.ts';
import { replayWhole } from '../../../session/replay.ts';
import type { Session } from '../../../session/session.ts';
import { useApp } from '../../store/appContext.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { PrintedWiring } from './PrintedWiring.tsx';
import './handout.css';

/** A printed step. */
interface Printed {
  readonly step: LessonStep;
  readonly kernel: string;
  readonly end: Session;
  readonly right: string | null;
}

function printed(lesson: LessonBody): readonly Printed[] {
  let taking = begin(lesson);
  return lesson.steps.map(() => {
    const step = stepOf(taking);
    const end = ownEnd(taking);
    const kernel = kernelText(kernelOf(taking));
    const right = step.kind === 'predict' ? rightAnswer(step, end) : null;
    taking = next(reveal(taking));
    const text = step.kind === 'predict' && right !== null ? (step.choices[right]?.text ?? null) : null;
    return { step, kernel, end, right: text };
  });
}

/** The handout, with buttons that print media hide. */
export function Handout({ lesson }: { readonly lesson: LessonBody }) {
  const app = useApp();
  const steps = useMemo(() => printed(lesson), [lesson]);
  return (
    <article className="handout" aria-label={`Handout: ${lesson.title}`}>
      <p className="handout-tools flex gap-8">
        <button type="button" className="primary" onClick={() => window.print()}>
          Print
        </button>
        <button type="button" onClick={() => app.set(lessonSlice, { handout: null })}>
          Back to the lessons
        </button>
      </p>
      <h2>{lesson.title}</h2>
      <p>{lesson.about}</p>
      <h3>Starting script</h3>
      <pre>{lesson.script.trim()}</pre>
      {steps.map(({ step, kernel, end, right }, at) => (
        <section key={step.ask} aria-label={`Step ${at + 1}`}>
          <h3>
            {at + 1}. {step.ask}
          </h3>
          <p className="aside">Kernel: {kernel}</p>
          {step.kind === 'predict' && (
            <ul>
              {step.choices.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
          <pre>{(step.kind === 'predict' ? step.run : step.solution).trim()}</pre>
          <PrintedWiring replayed={replayWhole(end)} />
          {right !== null && (
            <p>
              <b>Correct: {right}.</b>
            </p>
          )}
          {step.explain !== '' && <p>{step.explain}</p>}
          {step.source !== '' && <p className="aside">Source: {step.source}</p>}
        </section>
      ))}
    </article>
  );
}
