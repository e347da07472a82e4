// What the kernel did in this step, beside what the model predicts.

import { observe } from '../../../session/observe.ts';
import type { OpenedRecording } from '../../../session/opened.ts';
import { machineAfter, runAt } from '../../../session/replay.ts';
import { stateWords } from '../../../views/linked/words.ts';
import { compareStep, disagreementSentence, recordedCalls } from '../../../views/recording/comparison.ts';
import { type StateField, stateFields } from '../../../views/recording/state.ts';
import { LinkedWords } from '../../parts/Linked.tsx';
import { backToRecording, closeRecording, useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import './recording.css';

/** What the panel needs. */
interface RecordingPanelProps {
  readonly opened: OpenedRecording;
  readonly asRecorded: boolean;
}

/** The comparison of the step that is looked at. */
export function RecordingPanel({ opened, asRecorded }: RecordingPanelProps) {
  const { header } = opened.recording;
  return (
    <section className="recording" aria-label="Recording" tabIndex={0}>
      <header>
        <h3 title={header.about}>{header.name}</h3>
        <span>
          {header.release} · {header.driver}
        </span>
        <button type="button" onClick={closeRecording} title="Close the recording; the script stays">
          Close
        </button>
      </header>
      {asRecorded ? (
        <>
          <p className={opened.mismatches.length === 0 ? 'verdict agree' : 'verdict differ'}>
            {disagreementSentence(opened)}
          </p>
          <StepTable opened={opened} />
        </>
      ) : (
        <p className="verdict">
          The script or its setup is no longer what was recorded.{' '}
          <button type="button" onClick={backToRecording}>
            Back to the recording
          </button>
        </p>
      )}
    </section>
  );
}

/** Where both agree the model's column says so instead of repeating the value. */
function FieldRow({ name, kernel, model }: StateField) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {kernel === model ? (
        <>
          <td>
            <LinkedWords words={stateWords(name, kernel)} />
          </td>
          <td className="equal">the same</td>
        </>
      ) : (
        <>
          <td className="unequal">
            <LinkedWords words={stateWords(name, kernel)} />
          </td>
          <td className="unequal">
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
            <th scope="col">kernel did</th>
            <th scope="col">model says</th>
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
