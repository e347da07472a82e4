// The menu that adds or replaces a lane.

import type { ReactNode } from 'react';
import { laneChoices } from '../../../views/compare/choices.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { compareSlice, putLane } from '../../store/compare.ts';
import { labSlice, useGeneration } from '../../store/lab.ts';
import { openWhatIf, putKernel } from '../../store/patch.ts';
import { Menu } from '../../ui/Menu.tsx';

/** Props of the menu: the lane that is replaced, or null to add one. */
interface LaneMenuProps {
  readonly label: ReactNode;
  readonly name: string;
  readonly at: number | null;
}

export function LaneMenu({ label, name, at }: LaneMenuProps) {
  return (
    <Menu label={label} {...(at === null ? {} : { says: name })} name={name} late>
      {(close) => <Choices at={at} close={close} />}
    </Menu>
  );
}

function Choices({ at, close }: { readonly at: number | null; readonly close: () => void }) {
  const app = useApp();
  const history = useSlice(labSlice, (state) => state.history);
  const opened = useSlice(labSlice, (state) => state.opened);
  const lane = useSlice(compareSlice, ({ lanes }) => (at === null ? null : lanes[at]));
  const generation = useGeneration();
  const groups = laneChoices(history, opened).map(({ title, choices }) => (
    <section key={title} className="lane-choices">
      <h2>{title}</h2>
      <ul className="menu-list line-above" aria-label={title}>
        {choices.map((choice) => (
          <li key={choice.name}>
            <button
              type="button"
              onClick={() => {
                close();
                putLane(app, choice.lane, at);
              }}
            >
              <span>{choice.name}</span> <small>{choice.about}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
  return (
    <>
      <button
        type="button"
        className="wide"
        aria-haspopup="dialog"
        onClick={() => {
          close();
          openWhatIf(app, {
            from: lane?.kind === 'kernel' ? lane.generation : generation,
            label: 'Use in this lane',
            compares: false,
            use: (to, model, id) => putKernel(to, model, id, at),
          });
        }}
      >
        What-if kernel…
      </button>
      {groups}
    </>
  );
}
