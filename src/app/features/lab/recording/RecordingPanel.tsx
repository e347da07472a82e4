// The recorded kernel's results in this step beside the model's.

import type { OpenedRecording } from '../../../../recordings/opened.ts';
import { observe } from '../../../../session/observe.ts';
import { machineAfter, runAt } from '../../../../session/replay.ts';
import { stateWords } from '../../../../views/linked/words.ts';
import { compareStep, mismatchSentence, recordedCalls } from '../../../../views/recording/comparison.ts';
import { type StateField, stateFields } from '../../../../views/recording/state.ts';
import { useApp } from '../../../store/appContext.ts';
import { backToRecording, closeRecording, useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { LinkedWords } from '../../../ui/Linked.tsx';
import './recording.css';

interface RecordingPanelProps {
  readonly opened: OpenedRecording;
  readonly asRecorded: boolean;
}

/** The comparison at the current step. */
export function RecordingPanel({ opened, asRecorded }: RecordingPanelProps) {
  const app = useApp();
  const { header } = opened.recording;
  return (
    <section className="recording" aria-label="Recording" tabIndex={0}>
      <header>
        <h3 title={header.about}>{header.name}</h3>
        <span>
          {header.release} · {header.driver}
        </span>
        <button
          type="button"
          onClick={() => closeRecording(app)}
          title="Close the recording; the script stays"
        >
          Close
        </button>
      </header>
      {asRecorded ? (
        <>
          <p className={opened.mismatches.length === 0 ? 'verdict agree' : 'verdict differ'}>
            {mismatchSentence(opened)}
          </p>
          <StepTable opened={opened} />
        </>
      ) : (
        <p className="verdict">
          The script or its setup differs from the recording.{' '}
          <button type="button" onClick={() => backToRecording(app)}>
            Back to the recording
          </button>
        </p>
      )}
    </section>
  );
}

/** Shows one field; where both agree, the model's column has "same" instead of the value. */
function FieldRow({ name, kernel, model }: StateField) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {kernel === model ? (
        <>
          <td>
            <LinkedWords words={stateWords(name, kernel)} />
          </td>
          <td className="equal">same</td>
        </>
      ) : (
        <>
          <td className="unequal alarm">
            <LinkedWords words={stateWords(name, kernel)} />
          </td>
          <td className="unequal alarm">
            <LinkedWords words={stateWords(name, model)} />
          </td>
        </>
      )}
    </tr>
  );
}

function StepTable({ opened }: { readonly opened: OpenedRecording }) {
  const { cursor } = useSession();
  const replayed = useReplay();
  const run = runAt(replayed, cursor.line);
  const step = opened.recording.steps[cursor.line - 1];
  if (run === null || run === undefined || step === undefined) return null;
  const compared = compareStep(opened, cursor.line, run);
  const fields = stateFields(step.after, observe(machineAfter(replayed, cursor.line)));
  const differences = compared?.differences ?? [];
  const result = { name: 'result', kernel: compared?.kernelResult ?? '', model: compared?.modelResult ?? '' };
  return (
    <>
      <table className="both">
        <thead>
          <tr>
            <th scope="col">step {step.n}</th>
            <th scope="col">kernel</th>
            <th scope="col">model</th>
          </tr>
        </thead>
        <tbody>
          {[result, ...fields].map((field) => (
            <FieldRow key={field.name} {...field} />
          ))}
        </tbody>
      </table>
      {differences.length > 0 && (
        <ul className="differences" aria-label="Differences in this step">
          {differences.map(({ field, kernel, model }) => (
            <li key={field}>
              <b>{field}</b> kernel {kernel}, model {model}
            </li>
          ))}
        </ul>
      )}
      {step.calls.length > 0 && (
        <details>
          <summary>Recorded calls: {step.calls.length}</summary>
          <pre>{recordedCalls(step).join('\n')}</pre>
        </details>
      )}
    </>
  );
}
