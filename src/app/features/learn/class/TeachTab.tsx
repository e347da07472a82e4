// The tab "Teach": plans, wrong ideas with the right answers, and the tools for a class.

import {
  lessonById,
  PLANS,
  type Plan,
  type PlanStep,
  planCourse,
  rightIdea,
  WRONG_IDEAS,
} from '../../../../lessons/teach.ts';
import { counted } from '../../../../text/numbers.ts';
import { useApp } from '../../../store/appContext.ts';
import { openDebate } from '../../../store/scenarios.ts';
import { setOwnFragment } from '../../../store/view.ts';
import { Source } from '../../../ui/Source.tsx';
import { useRelease } from '../../../ui/useRelease.ts';
import { openLesson } from '../learning.ts';
import { showCourse } from './courseLink.ts';
import { showWorksheet } from './worksheetLink.ts';
import './class.css';
import './teach.css';

export function TeachTab() {
  return (
    <article className="course teach" aria-label="Teach with irqscope">
      <h2 className="course-title">Teach with irqscope</h2>
      <p>
        Learners predict the result of an ioctl, run it, and see the state of the table, the irqs and the
        eventfds. Each answer comes from the model, which is checked against recorded kernels. Nothing is
        installed, and nothing is sent anywhere.
      </p>
      {PLANS.map((plan) => (
        <PlanSection key={plan.id} plan={plan} />
      ))}
      <WrongIdeas />
      <Tools />
    </article>
  );
}

function PlanSection({ plan }: { readonly plan: Plan }) {
  const app = useApp();
  const { id, title, goals, steps, minutes } = plan;
  return (
    <section aria-labelledby={id} className="teach-plan stack gap-6 framed">
      <h3 id={id}>{title}</h3>
      <p>Goals:</p>
      <ul className="teach-goals">
        {goals.map((goal) => (
          <li key={goal}>{goal}</li>
        ))}
      </ul>
      <ol className="teach-steps" aria-label={`Steps of the plan for ${counted(minutes, 'minute')}`}>
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a plan neither move nor go
          <li key={at}>
            <span className="teach-minutes">{step.minutes} min</span>
            <span className="grow">
              <StepTitle step={step} /> {step.say}
            </span>
          </li>
        ))}
      </ol>
      <div className="cluster gap-6">
        <button type="button" onClick={() => void showCourse(app, planCourse(plan))}>
          Open the lessons as a course
        </button>
        <button type="button" onClick={() => void showWorksheet(app, { course: planCourse(plan) })}>
          Worksheets of the plan
        </button>
      </div>
    </section>
  );
}

function StepTitle({ step }: { readonly step: PlanStep }) {
  const app = useApp();
  if (step.kind === 'talk') return null;
  if (step.kind === 'debate')
    return (
      <button type="button" onClick={() => openDebate(app)}>
        Compare V3 with the merged driver
      </button>
    );
  if (step.kind !== 'lesson' && step.kind !== 'present')
    return (
      <button type="button" onClick={() => setOwnFragment(app, 'learn=results')}>
        Results
      </button>
    );
  const lesson = lessonById(step.lesson);
  const presenting = step.kind === 'present';
  return (
    <button type="button" onClick={() => openLesson(app, lesson, presenting)}>
      {presenting ? 'Present' : 'Lesson'}: {lesson.title}
    </button>
  );
}

function WrongIdeas() {
  const app = useApp();
  const release = useRelease();
  return (
    <section aria-labelledby="teach-ideas" className="stack gap-6">
      <h3 id="teach-ideas">Common wrong ideas</h3>
      <dl className="teach-ideas">
        {WRONG_IDEAS.map((wrong) => {
          const { right, explain, source } = rightIdea(wrong);
          const lesson = lessonById(wrong.lesson);
          return (
            <div key={wrong.idea} className="teach-idea framed">
              <dt>“{wrong.idea}”</dt>
              <dd>
                <b>{right}.</b> {explain}
              </dd>
              <dd className="aside">
                <button
                  type="button"
                  className="citation"
                  onClick={() => openLesson(app, lesson, false, wrong.step - 1)}
                >
                  {lesson.title}, step {wrong.step}
                </button>
                . Source: <Source text={source} release={release} />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** The tools with the place where they are. */
const TOOLS: readonly { readonly name: string; readonly own: string; readonly text: string }[] = [
  {
    name: 'Presentation',
    own: 'learn=lessons',
    text: 'Open a lesson and press P. Page Down, the right arrow or a clicker shows the answer and then the next question; Escape ends it.',
  },
  {
    name: 'Course',
    own: 'learn=course',
    text: 'Put lessons into your order and hand out one link or one file. An assignment has no “Show solution”.',
  },
  {
    name: 'Worksheets',
    own: 'learn=worksheet',
    text: 'Print the questions of a lesson or a whole course, with or without the answer key. A QR code leads to the lesson.',
  },
  {
    name: 'Results',
    own: 'learn=results',
    text: 'Learners save a file and give it to you. Drop all files at once: the table shows each question with its share right.',
  },
];

function Tools() {
  const app = useApp();
  return (
    <section aria-labelledby="teach-tools" className="stack gap-6">
      <h3 id="teach-tools">Tools for a class</h3>
      <ul className="course-lessons">
        {TOOLS.map(({ name, own, text }) => (
          <li key={name} className="course-row framed">
            <span className="grow">
              <b>{name}.</b> {text}
            </span>
            <button type="button" aria-label={`Open: ${name}`} onClick={() => setOwnFragment(app, own)}>
              Open
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
