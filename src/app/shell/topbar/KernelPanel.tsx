// The list of kernels by version, with the facts of the chosen one.

import { isWhatIf } from '../../../kernel/generations/policies.ts';
import { chosenKernel, chosenKernelName, KERNELS, type NamedKernel } from '../../../kernel/kernels.ts';
import { chooseFacts } from '../../../session/edits.ts';
import { designText, evidenceText, postingText, sinceText } from '../../../text/kernels.ts';
import { whatIfText } from '../../../text/policies.ts';
import { useApp } from '../../store/appContext.ts';
import { edit, useGeneration, useSetup } from '../../store/lab.ts';
import { openLabWhatIf } from '../../store/patch.ts';
import { Source } from '../../ui/Source.tsx';
import { useRelease } from '../../ui/useRelease.ts';
import { KernelFacts } from './KernelFacts.tsx';
import './kernel.css';

const GROUPS = [
  { title: 'Releases', isRelease: true },
  { title: 'Patches and alternatives', isRelease: false },
];

/** The panel of the menu. */
export function KernelPanel({ close }: { readonly close: () => void }) {
  const app = useApp();
  const generation = useGeneration();
  const chosen = chosenKernel(generation, useSetup().host);
  const { kernel, exact } = chosen;
  return (
    <>
      {GROUPS.map(({ title, isRelease }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <ul className="kernel-list">
            {KERNELS.filter(
              (one) => one.isRelease === isRelease && (one.offered || (exact && one.id === kernel.id)),
            ).map((one) => (
              <Entry key={one.id} kernel={one} chosen={exact && one.id === kernel.id} />
            ))}
          </ul>
        </section>
      ))}
      {isWhatIf(generation) && (
        <p>
          <b>{kernel.label}</b>: {whatIfText(generation)}
        </p>
      )}
      <button
        type="button"
        className="wide"
        aria-haspopup="dialog"
        onClick={() => {
          close();
          openLabWhatIf(app);
        }}
      >
        What-if kernel…
      </button>
      {!exact && (
        <p>
          No kernel in this list has exactly the facts of this host: {chosenKernelName(chosen)}. Choosing a
          kernel sets all facts.
        </p>
      )}
    </>
  );
}

/** One kernel; the chosen one with its posting, the changes since 6.12 and its facts. */
function Entry({ kernel, chosen }: { readonly kernel: NamedKernel; readonly chosen: boolean }) {
  const app = useApp();
  const posting = postingText(kernel);
  const release = useRelease();
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() =>
          edit(app, `run under ${kernel.label}`, (now) =>
            chooseFacts(now, kernel.generation, kernel.release.facts),
          )
        }
      >
        <b>{kernel.label}</b> <span>{designText(kernel)}</span>{' '}
        <span className="kernel-evidence">{evidenceText(kernel)}</span>
      </button>
      {posting !== null && (
        <p>
          <Source text={posting} release={release} />
        </p>
      )}
      {chosen && (
        <>
          <p>{sinceText(kernel)}</p>
          <KernelFacts kernel={kernel} />
        </>
      )}
    </li>
  );
}
