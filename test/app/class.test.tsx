// Courses, the person's own lessons and the results of a class, by role and name.
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CourseTab } from '../../src/app/features/learn/class/CourseTab.tsx';
import { addResults, clearResults } from '../../src/app/features/learn/class/collected.ts';
import { courseFragment } from '../../src/app/features/learn/class/courseLink.ts';
import { OwnTab } from '../../src/app/features/learn/class/OwnTab.tsx';
import { keepCourse, ownSlice } from '../../src/app/features/learn/class/own.ts';
import { ResultsTab } from '../../src/app/features/learn/class/ResultsTab.tsx';
import { WorksheetPage } from '../../src/app/features/learn/class/WorksheetPage.tsx';
import { openLessonText } from '../../src/app/features/learn/lessonFiles.ts';
import { createApp } from '../../src/app/store/app.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { isAssignment, lessonSlice } from '../../src/app/store/lesson.ts';
import { viewSlice } from '../../src/app/store/view.ts';
import { printResults } from '../../src/formats/results/file.ts';
import type { Course } from '../../src/lessons/course.ts';
import { printCourse } from '../../src/lessons/courseFile.ts';
import { resultsOf } from '../../src/lessons/results.ts';
import { lessonById } from '../../src/lessons/teach.ts';
import { createPage } from './page.tsx';
import { fakeServices } from './services.ts';

const { app, render } = createPage();

const course: Course = {
  id: 'my-course',
  title: 'My course',
  about: 'Two lessons.',
  assignment: true,
  lessons: [lessonById('ebadf'), lessonById('cached')],
};
const show = (own: string) => app.set(viewSlice, { view: 'learn', own });

beforeEach(() => vi.spyOn(app.services, 'copyText').mockResolvedValue(true));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('a teacher adds, orders and removes lessons, and copies the link of the course', async () => {
  const user = userEvent.setup();
  const copied = vi.spyOn(app.services, 'copyText').mockResolvedValue(true);
  show('learn=course');
  render(<CourseTab />);
  expect(screen.getByRole('button', { name: 'Copy course link' })).toBeDisabled();
  await user.type(screen.getByRole('textbox', { name: 'Title' }), 'Interrupts');
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'ebadf');
  await user.click(screen.getByRole('button', { name: 'Add EBADF, and the vector is detached' }));
  await user.clear(screen.getByRole('searchbox', { name: 'Search' }));
  await user.click(screen.getByRole('button', { name: 'Add Cached irqs' }));
  await user.click(screen.getByRole('button', { name: 'Add The gap' }));
  const chosen = () =>
    within(screen.getByRole('list', { name: 'Chosen lessons' }))
      .getAllByRole('listitem')
      .map((item) => /^\d+\. [^\d]+/.exec(item.textContent ?? '')?.[0].trim());
  expect(chosen()).toEqual(['1. EBADF, and the vector is detached', '2. Cached irqs', '3. The gap']);
  await user.click(screen.getByRole('button', { name: 'Move Cached irqs up' }));
  expect(chosen()[0]).toBe('1. Cached irqs');
  // the button that reached the end is disabled, so the focus is on its neighbour
  expect(screen.getByRole('button', { name: 'Move Cached irqs down' })).toHaveFocus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(chosen()[1]).toBe('2. Cached irqs');
  expect(screen.getByRole('button', { name: 'Move Cached irqs down' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Remove The gap' }));
  expect(chosen().length).toBe(2);
  await user.click(screen.getByRole('button', { name: 'Copy course link' }));
  await waitFor(() => expect(copied).toHaveBeenCalledWith(expect.stringMatching(/#course=v1\.[\w-]+$/)));
  expect(app.get(ownSlice).items[0]).toMatchObject({
    kind: 'course',
    from: 'made',
    course: { title: 'Interrupts' },
  });
});

test('an opened course leads to its next lesson, without solutions, and keeps the lesson in the course', async () => {
  const user = userEvent.setup();
  show(await courseFragment(course));
  render(<CourseTab />);
  await screen.findByRole('article', { name: 'Course: My course' });
  expect(screen.getByText(/0 of 2 finished\. This course is an assignment/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Start: EBADF, and the vector is detached' }));
  const { open } = app.get(lessonSlice);
  expect(open).toMatchObject({ key: 'course:my-course/ebadf', course: { id: 'my-course' } });
  expect(isAssignment(app.get(lessonSlice))).toBe(true);
  await waitFor(() =>
    expect(app.get(lessonSlice).open?.fragment).toMatch(/^course=v1\.[\w-]+&lesson=ebadf$/),
  );
});

test('a damaged course link is explained in the page', async () => {
  show('course=v1.abc');
  render(<CourseTab />);
  expect(await screen.findByRole('alert')).toHaveTextContent('This course link is damaged.');
});

test('a course file opens as the page of the course, and a bad one is explained with its place', async () => {
  openLessonText(app, 'c.json', printCourse({ ...course, id: 'from-file' }));
  await waitFor(() => expect(app.get(viewSlice).own).toMatch(/^course=v1\./));
  expect(app.get(ownSlice).items[0]).toMatchObject({ from: 'file', course: { id: 'from-file' } });
  openLessonText(app, 'bad.json', '{"irqscope":"course","version":1,"id":"a","title":"A","lessons":["nix"]}');
  expect(app.get(labSlice).problem).toMatchObject({
    title: 'bad.json is not a valid course.',
    details: ['lessons.0: expected the id of a built-in lesson, found "nix"'],
  });
});

test('a person removes a course from the own lessons and brings it back', async () => {
  const user = userEvent.setup();
  keepCourse(app, { ...course, id: 'kept', title: 'Kept course' }, 'link');
  render(<OwnTab />);
  const row = () => screen.getByRole('listitem', { name: 'Kept course' });
  expect(row()).toHaveTextContent('opened from a link on');
  await user.click(within(row()).getByRole('button', { name: 'Remove' }));
  expect(screen.queryByRole('listitem', { name: 'Kept course' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Undo' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(row()).toBeInTheDocument();
});

test('unreadable own lessons are reported and set aside, and readable ones stay', async () => {
  const kept = new Map<string, string>();
  const first = createApp(fakeServices(kept), []);
  keepCourse(first, course, 'made');
  const list = JSON.parse(kept.get('irqscope.own') ?? '');
  list.items.push({ kind: 'course', from: 'file', date: '2026-11-30', text: '{' });
  kept.set('irqscope.own', JSON.stringify(list));
  const second = createApp(fakeServices(kept), []);
  expect(second.get(ownSlice).items).toEqual([
    { kind: 'course', from: 'made', date: expect.any(String), course },
  ]);
  expect(kept.get('irqscope.set-aside.own')).toContain('"text":"{"');
  await waitFor(() =>
    expect(second.get(labSlice).problem?.title).toBe(
      'Some lessons and courses kept in this browser cannot be read.',
    ),
  );
});

test('a teacher chooses several results files, and each that is not added is named with the reason', async () => {
  const user = userEvent.setup();
  clearResults(app);
  render(<ResultsTab />);
  const file = (name: string, content: string) => new File([content], name, { type: 'application/json' });
  const of = (name: string, first: number) =>
    printResults(
      resultsOf(
        { lesson: lessonById('ebadf') },
        { ebadf: [{ done: true, right: first === 1, first, tries: 1 }] },
        name,
        '2026-11-30',
      ),
    );
  await user.upload(screen.getByLabelText(/Choose results files/), [
    file('ada.json', of('Ada', 1)),
    file('again.json', of('ada ', 0)),
    file('broken.json', '{"irqscope":"results","version":1}'),
    file('grace.json', of('Grace', 0)),
  ]);
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('again.json: duplicate: ada.json has the same name');
  expect(alert).toHaveTextContent('broken.json: name: expected');
  const names = () =>
    within(screen.getByRole('table'))
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent);
  expect(names()).toEqual(['Ada', 'Grace', 'Share right', 'Most frequent wrong answer']);
  await user.click(screen.getByRole('button', { name: 'Name' }));
  expect(names().slice(0, 2)).toEqual(['Grace', 'Ada']);
  expect(screen.getByRole('columnheader', { name: /^Name/ })).toHaveAttribute('aria-sort', 'descending');
  expect(screen.getByRole('table')).toHaveTextContent('50 % (1 of 2)');
});

test('a dropped results file of another page goes into the table', () => {
  clearResults(app);
  addResults(app, [{ name: 'x.json', text: 'x' }]);
  expect(app.get(viewSlice).own).toBe('learn=results');
  render(<ResultsTab />);
  expect(screen.getByRole('alert')).toHaveTextContent('x.json: file: expected results in JSON');
});

test('a worksheet has lines to write, and with the answer key the right answers and their sources', async () => {
  const user = userEvent.setup();
  show('learn=worksheet&lesson=ebadf');
  render(<WorksheetPage />);
  const paper = await screen.findByRole('article', { name: 'Worksheet: EBADF, and the vector is detached' });
  expect(within(paper).getByRole('region', { name: 'Question 1' })).toHaveTextContent('device nvme');
  expect(paper).not.toHaveTextContent('Source:');
  expect(await within(paper).findByRole('img', { name: /#lesson=ebadf$/ })).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: 'With the answer key' }));
  const key = await screen.findByRole('article', { name: 'Answer key: EBADF, and the vector is detached' });
  expect(key).toHaveTextContent('It is detached, and its irq is cached.');
  expect(key).toHaveTextContent('Source: recording bad-attached-single, step 4');
});
