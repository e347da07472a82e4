// The end of a presented lesson: the knowledge, the next lesson, and the code of the address for the class.

import { lessonAfter } from '../../../../../lessons/presented.ts';
import { useApp } from '../../../../store/appContext.ts';
import type { OpenLesson } from '../../../../store/lesson.ts';
import { openLesson } from '../../learning.ts';
import { stepAddress } from './address.ts';
import { AddressCode } from './CodeSlide.tsx';

export function EndSlide({ open }: { readonly open: OpenLesson }) {
  const app = useApp();
  const { lesson } = open.taking;
  const { learned = [], about } = lesson;
  const next = lessonAfter(lesson);
  const address = stepAddress(open, 0);
  return (
    <div className="presenting-end tracks">
      <div className="stack gap-12">
        <h2>{learned.length > 0 ? 'You know now' : 'The goal of this lesson'}</h2>
        {learned.length > 0 ? (
          <ul className="stack gap-6">
            {learned.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : (
          <p>{about === '' ? lesson.title : about}</p>
        )}
        {next !== null && (
          <p>
            Next lesson: <b>{next.title}</b>{' '}
            <button type="button" className="primary" onClick={() => openLesson(app, next, true)}>
              Present the next lesson
            </button>
          </p>
        )}
      </div>
      <figure className="presenting-code">
        <AddressCode address={address} />
        <figcaption className="anywhere">This lesson, to try it yourself</figcaption>
      </figure>
    </div>
  );
}
