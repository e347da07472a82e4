// The form with which a learner saves the results of a lesson or a course.

import { useId, useState } from 'react';
import type { Progress, StepProgress } from '../../../../formats/lesson/progress.ts';
import { printResults } from '../../../../formats/results/file.ts';
import { progressKey } from '../../../../lessons/course.ts';
import { LESSONS } from '../../../../lessons/index.ts';
import type { OwnItem } from '../../../../lessons/own.ts';
import { resultsCsv, resultsOf, type Subject } from '../../../../lessons/results.ts';
import { saveFile } from '../../../services/files.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { progressSlice } from '../../../store/progress.ts';
import { announce } from '../../../ui/useAnnounced.ts';
import { collectedSlice } from './collected.ts';
import { ownSlice, today } from './own.ts';

/** A lesson or course to choose. */
interface Choice {
  readonly key: string;
  readonly title: string;
  readonly subject: Subject;
}

const KEY = 'irqscope.results.name';

export function SaveResults() {
  const app = useApp();
  const id = useId();
  const { progress } = useSlice(progressSlice);
  const { items } = useSlice(ownSlice);
  const { saving } = useSlice(collectedSlice);
  const [name, setName] = useState(() => app.services.kept.read(KEY) ?? '');
  const [asked, setAsked] = useState<string | null>(null);
  const all = choicesOf(items);
  const taken = all.filter(({ subject }) => isTaken(subject, progress));
  const wished = saving === null ? null : keyOf(saving);
  const list = all.filter((choice) => taken.includes(choice) || choice.key === wished);
  const chosen = list.find(({ key }) => key === (asked ?? wished)) ?? list[0];
  const save = (kind: 'json' | 'csv') => {
    if (chosen === undefined || name.trim() === '') return;
    app.services.kept.write(KEY, name.trim());
    const made = resultsOf(chosen.subject, progress, name, today());
    const file = `irqscope-results-${slug(name)}-${chosen.key.replace(/^\w+ /, '')}.${kind}`;
    saveFile(file, kind === 'json' ? printResults(made) : resultsCsv(made));
    announce(app, `Saved ${file}.`);
  };
  return (
    <section aria-labelledby={id} className="stack gap-6">
      <h2 id={id}>Save my results</h2>
      {chosen === undefined ? (
        <p className="soft">There are no results yet. Answer a step of a lesson first.</p>
      ) : (
        <form
          className="cluster gap-12 results-form"
          onSubmit={(event) => {
            event.preventDefault();
            save('json');
          }}
        >
          <label>
            Your name
            <input
              type="text"
              required
              maxLength={200}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </label>
          <label>
            Lesson or course
            <select value={chosen.key} onChange={({ target }) => setAsked(target.value)}>
              {list.map(({ key, title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="primary" disabled={name.trim() === ''}>
            Save results as a file
          </button>
          <button type="button" disabled={name.trim() === ''} onClick={() => save('csv')}>
            Save as CSV
          </button>
        </form>
      )}
      <p className="aside">
        The file has your name, the date, and for each step the question, your first answer, tries, hints and
        lines. Nothing is sent: give the file to your teacher yourself.
      </p>
    </section>
  );
}

function choicesOf(items: readonly OwnItem[]): readonly Choice[] {
  const subjects: Subject[] = [
    ...items.flatMap((item) => (item.kind === 'course' ? [{ course: item.course }] : [])),
    ...LESSONS.map((lesson) => ({ lesson })),
    ...items.flatMap((item) => (item.kind === 'lesson' ? [{ lesson: item.lesson }] : [])),
  ];
  const keys = subjects.map(keyOf);
  return subjects.flatMap((subject, at) => {
    const key = keyOf(subject);
    const title = subject.course === undefined ? subject.lesson.title : `Course: ${subject.course.title}`;
    return keys.indexOf(key) === at ? [{ key, title, subject }] : [];
  });
}

function keyOf({ lesson, course }: Subject): string {
  return course === undefined ? `lesson ${lesson.id}` : `course ${course.id}`;
}

function isTaken({ lesson, course }: Subject, progress: Progress): boolean {
  if (course !== undefined)
    return course.lessons.some((one) => (progress[progressKey(one, course)] ?? []).some(isTouched));
  return (progress[progressKey(lesson, null)] ?? []).some(isTouched);
}

function isTouched({ done, helped = false, tries = 0 }: StepProgress): boolean {
  return done || helped || tries > 0;
}

/** Returns a name as a part of a file's name. */
function slug(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^\w]+/g, '-');
  return plain.replace(/^-|-$/g, '').slice(0, 40) || 'learner';
}
