// The way back from a preview to the lesson editor.

import { useApp, useSlice } from '../../../store/appContext.ts';
import type { OpenLesson } from '../../../store/lesson.ts';
import { draftsSlice } from '../drafts.ts';
import { backToEditor } from '../making.ts';

/** Shown while the open lesson is the preview of a draft. */
export function PreviewBar({ open }: { readonly open: OpenLesson }) {
  const app = useApp();
  const preview = useSlice(draftsSlice, (state) => state.preview);
  if (preview?.lesson !== open.taking.lesson) return null;
  return (
    <p className="lesson-preview cluster middle apart gap-8">
      Preview of your draft{' '}
      <button type="button" className="primary" onClick={() => backToEditor(app)}>
        Back to the editor
      </button>
    </p>
  );
}
