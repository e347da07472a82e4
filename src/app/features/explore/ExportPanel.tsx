// The panel of exports: for each engine the files to save, the commands that run them, and what the engine prints and means.

import { exportFlaws, exportName } from '../../../explore/export/index.ts';
import { type Command, LEFT_OUT, type Running, running } from '../../../explore/export/running.ts';
import { problemText } from '../../../text/problem.ts';
import { searchProblem } from '../../../views/explore/problem.ts';
import { useSlice } from '../../store/appContext.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { CopyButton } from './CopyButton.tsx';
import { exploreSlice } from './store.ts';

/** The content of the menu Export. */
export function ExportPanel() {
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const problem = searchProblem(setup);
  const name = problem.ok ? exportName(problem.value.problem) : 'FILE';
  const flaws = problem.ok ? exportFlaws(problem.value.problem) : problem.problems;
  return (
    <div className="explore-export stack gap-8">
      <p>
        Use an external model checker for a state space that is too large for the browser. Where exports were
        compared, Spin and TLC counted the same states and gave the same verdicts.
      </p>
      {flaws.length > 0 && (
        <div role="alert">
          <strong>This search cannot be exported.</strong>
          <ul>
            {flaws.map((flaw) => (
              <li key={problemText(flaw)}>{problemText(flaw)}</li>
            ))}
          </ul>
        </div>
      )}
      <Engine engine="Spin" running={running('promela', name)}>
        <CommandButton id="explore.promela" className="wide">
          Promela model, for Spin
        </CommandButton>
      </Engine>
      <Engine engine="TLC" running={running('tla', name)}>
        <CommandButton id="explore.tla" className="wide">
          TLA+ module, for TLC
        </CommandButton>
      </Engine>
      <h2>Left out of both</h2>
      <ul>
        {LEFT_OUT.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </div>
  );
}

/** Number of commands that are not folded. */
const USUAL = 2;

interface EngineProps {
  readonly engine: string;
  readonly running: Running;
  /** The button that saves the files. */
  readonly children: React.ReactNode;
}

function Engine({ engine, running: { from, commands, meanings }, children }: EngineProps) {
  return (
    <section className="stack gap-8 line-below" aria-label={engine}>
      {children}
      <p className="soft">{from}</p>
      <Commands engine={engine} commands={commands.slice(0, USUAL)} />
      <details>
        <summary>More commands for {engine}</summary>
        <Commands engine={engine} commands={commands.slice(USUAL)} />
      </details>
      <ul aria-label={`What ${engine} prints`}>
        {meanings.map((meaning) => (
          <li key={meaning}>{meaning}</li>
        ))}
      </ul>
    </section>
  );
}

function Commands({ engine, commands }: { readonly engine: string; readonly commands: readonly Command[] }) {
  return (
    <dl>
      {commands.map(({ title, lines, meaning }) => (
        <div key={title}>
          <dt className="flex middle gap-8">
            <strong>{title}</strong>
            <CopyButton what={`command: ${title}, ${engine}`} text={() => lines.join('\n')} short />
          </dt>
          <dd>
            {lines.map((line) => (
              <pre key={line} className="mono">
                {line}
              </pre>
            ))}
            <small className="soft">{meaning}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
