// Going through time: over lines, and into a line through its kernel calls.

import { framesOf } from '../../../session/replay.ts';
import { kernelSteps } from '../../../session/steps.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';

/** The transport buttons with the position. */
export function Transport() {
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const steps = kernelSteps(framesOf(replayed, cursor.line)).length;
  const inside = cursor.step !== null;
  return (
    <div className="transport">
      <CommandButton id="time.first" label="First line">
        <Arrow d="M3 3v8M11 3 5 7l6 4Z" />
      </CommandButton>
      <CommandButton id="time.previous" label="Previous">
        <Arrow d="M10 3 4 7l6 4Z" />
      </CommandButton>
      <CommandButton id="time.next" label="Next">
        <Arrow d="m4 3 6 4-6 4Z" />
      </CommandButton>
      <CommandButton id="time.last" label="Last line">
        <Arrow d="M11 3v8M3 3l6 4-6 4Z" />
      </CommandButton>
      {inside ? (
        <CommandButton id="time.out">Step out ↑</CommandButton>
      ) : (
        <CommandButton id="time.into">Step into ↓</CommandButton>
      )}
      <span className="position">
        line {cursor.line} / {script.length}
        {inside && ` · call ${(cursor.step ?? 0) + 1} / ${steps}`}
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
