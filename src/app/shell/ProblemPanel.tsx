// Errors in opened files or pasted text: the file, the place and the accepted input. The session is unchanged.

import { useApp, useSlice } from '../store/appContext.ts';
import { labSlice, showProblem } from '../store/lab.ts';
import './problem.css';

/** The error panel, while there is a problem. */
export function ProblemPanel() {
  const app = useApp();
  const problem = useSlice(labSlice, (state) => state.problem);
  if (problem === null) return null;
  return (
    <section className="problem" role="alert">
      <div>
        <b>{problem.title}</b>
        {problem.details.map((detail) => (
          <p key={detail}>{detail}</p>
        ))}
        <p>{problem.note ?? 'The session is unchanged.'}</p>
      </div>
      <div className="problem-actions cluster gap-8">
        {problem.actions?.map(({ label, run }) => (
          <button
            key={label}
            type="button"
            onClick={() => {
              showProblem(app, null);
              run();
            }}
          >
            {label}
          </button>
        ))}
        <button type="button" onClick={() => showProblem(app, null)}>
          Close
        </button>
      </div>
    </section>
  );
}
