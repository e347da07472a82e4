// The page of a worksheet: the paper as it is printed, and the buttons around it.

import { useEffect, useState } from 'react';
import { LESSONS } from '../../../../lessons/index.ts';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { openView, setOwnFragment, viewSlice } from '../../../store/view.ts';
import { type LinkFault, pageAddress } from '../packed.ts';
import { LinkProblem } from './LinkProblem.tsx';
import { PaperHead } from './PaperHead.tsx';
import { WorksheetPaper } from './WorksheetPaper.tsx';
import {
  type AskedWorksheet,
  hasAnswers,
  readWorksheetFragment,
  worksheetFragment,
} from './worksheetLink.ts';
import './worksheet.css';

type Read = { readonly ok: true; readonly value: AskedWorksheet } | LinkFault;

export function WorksheetPage() {
  const app = useApp();
  const own = useSlice(viewSlice, (state) => state.own) ?? '';
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    let wanted = true;
    void readWorksheetFragment(own).then((made) => {
      if (wanted) setRead(made);
    });
    return () => {
      wanted = false;
    };
  }, [own]);
  if (read === null) return <p className="nothing">Opening…</p>;
  if (!read.ok) return <LinkProblem fault={read} />;
  const { subject, fragment } = read.value;
  // at once, while the lesson of a new fragment is still being read
  const answers = hasAnswers(own);
  const show = (of: string, withAnswers: boolean) => setOwnFragment(app, worksheetFragment(of, withAnswers));
  return (
    <article
      className="worksheet-page"
      aria-label={subject === null ? 'Worksheet' : titleOf({ ...read.value, answers })}
    >
      <div className="worksheet-tools cluster middle gap-8">
        {subject?.course === undefined && (
          <label>
            Lesson{' '}
            <select
              value={subject?.lesson.id ?? ''}
              onChange={({ target }) => show(`lesson=${target.value}`, answers)}
            >
              {subject === null && <option value="">choose one</option>}
              {choices(subject?.lesson).map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={answers}
            onChange={({ target }) => show(fragment, target.checked)}
          />
          With the answer key
        </label>
        {subject !== null && (
          <button type="button" className="primary" onClick={() => window.print()}>
            Print
          </button>
        )}
        {subject?.course === undefined ? (
          <button type="button" onClick={() => openView(app, 'learn')}>
            Back to the lessons
          </button>
        ) : (
          <button type="button" onClick={() => setOwnFragment(app, fragment)}>
            Back to the course
          </button>
        )}
      </div>
      {subject?.lesson !== undefined && (
        <div className="worksheet">
          <WorksheetPaper lesson={subject.lesson} address={pageAddress(fragment)} answers={answers} />
        </div>
      )}
      {subject?.course !== undefined && (
        <div className="worksheet">
          <PaperHead
            title={subject.course.title}
            about={subject.course.about}
            address={pageAddress(fragment)}
          />
          <ol className="worksheet-contents">
            {subject.course.lessons.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ol>
          {subject.course.lessons.map((lesson) => (
            <WorksheetPaper
              key={lesson.id}
              lesson={lesson}
              address={pageAddress(`${fragment}&lesson=${lesson.id}`)}
              answers={answers}
            />
          ))}
        </div>
      )}
    </article>
  );
}

function titleOf({ subject, answers }: AskedWorksheet): string {
  const title = subject?.course?.title ?? subject?.lesson?.title ?? '';
  return `${answers ? 'Answer key' : 'Worksheet'}: ${title}`;
}

/** The built-in lessons, and the shown one where it is another. */
function choices(shown: LessonBody | undefined): readonly LessonBody[] {
  return shown === undefined || LESSONS.some(({ id }) => id === shown.id) ? LESSONS : [shown, ...LESSONS];
}
