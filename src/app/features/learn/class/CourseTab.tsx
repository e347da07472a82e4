// The tab "Course": the course of the address, or the editor of a course.

import { useSlice } from '../../../store/appContext.ts';
import { viewSlice } from '../../../store/view.ts';
import { CourseMaker } from './CourseMaker.tsx';
import { CoursePage } from './CoursePage.tsx';
import './class.css';

export function CourseTab() {
  const own = useSlice(viewSlice, (state) => state.own) ?? '';
  const [, said] = /^course=([^&]*)/.exec(own) ?? [];
  return said === undefined ? <CourseMaker /> : <CoursePage said={said} />;
}
