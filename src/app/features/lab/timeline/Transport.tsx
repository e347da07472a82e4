// The transport: moves from line to line, and through the kernel calls inside a line.

import { framesOf } from '../../../../session/replay.ts';
import { kernelSteps } from '../../../../session/steps.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';

/** The transport buttons with the position. */
export function Transport() {
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const steps = kernelSteps(framesOf(replayed, cursor.line)).length;
  const inside = cursor.step !== null;
  const position = `line ${script.length} / ${script.length}`;
  return (
    <div className="transport">
      <CommandButton id="time.first" label="First line">
        <Arrow d="M3 3v8M11 3 5 7l6 4Z" />
      </CommandButton>
      <CommandButton id="time.previous" label={inside ? 'Previous call' : 'Previous line'}>
        <Arrow d="M10 3 4 7l6 4Z" />
      </CommandButton>
      <CommandButton id="time.next" label={inside ? 'Next call' : 'Next line'}>
        <Arrow d="m4 3 6 4-6 4Z" />
      </CommandButton>
      <CommandButton id="time.last" label="Last line">
        <Arrow d="M11 3v8M3 3l6 4-6 4Z" />
      </CommandButton>
      {inside ? (
        <CommandButton id="time.out" className="into-out">
          Step out ↑
        </CommandButton>
      ) : (
        <CommandButton id="time.into" className="into-out">
          Step into ↓
        </CommandButton>
      )}
      <span className="position soft">
        <span style={{ minWidth: `${Math.max(13, position.length)}ch` }}>
          line {cursor.line} / {script.length}
        </span>
        {inside && (
          <span>
            <span className="hidden"> · </span>call {(cursor.step ?? 0) + 1} / {steps}
          </span>
        )}
      </span>
      <CommandButton id="time.undo">Undo</CommandButton>
      <CommandButton id="time.redo">Redo</CommandButton>
    </div>
  );
}

function Arrow({ d }: { readonly d: string }) {
  return (
    <svg width="14" height="14" aria-hidden="true">
      <path d={d} fill="currentColor" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
