// Outside input that could not be read: which file, where in it, what was expected. The session is as it was.

import { showProblem, useLab } from '../../state/lab.ts';
import './recording.css';

/** The error panel, while there is a problem. */
export function ProblemPanel() {
  const problem = useLab((state) => state.problem);
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
      <div className="problem-actions">
        {problem.actions?.map(({ label, run }) => (
          <button
            key={label}
            type="button"
            onClick={() => {
              showProblem(null);
              run();
            }}
          >
            {label}
          </button>
        ))}
        <button type="button" onClick={() => showProblem(null)}>
          Close
        </button>
      </div>
    </section>
  );
}
