// The message for a link of the Lessons view that cannot be read. The person's work is not touched.

import { useApp } from '../../../store/appContext.ts';
import { openView } from '../../../store/view.ts';
import type { LinkFault } from '../packed.ts';
import './class.css';

export function LinkProblem({ fault: { title, details } }: { readonly fault: LinkFault }) {
  const app = useApp();
  return (
    <div className="course-problem stack gap-6 anywhere" role="alert">
      <h2>{title}</h2>
      {details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      <p>Your session is unchanged. Ask the sender for the whole link: some programs cut long links.</p>
      <p>
        <button type="button" onClick={() => openView(app, 'learn')}>
          Show all lessons
        </button>
      </p>
    </div>
  );
}
