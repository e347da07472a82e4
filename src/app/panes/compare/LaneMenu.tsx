// Choosing a lane: to add one, or to put another in the place of one.

import type { ReactNode } from 'react';
import { laneChoices } from '../../../views/compare/choices.ts';
import { Menu } from '../../parts/Menu.tsx';
import { putLane } from '../../state/compare.ts';
import { useLab } from '../../state/lab.ts';

/** What the menu needs: the lane that is replaced, or null to add one. */
interface LaneMenuProps {
  readonly label: ReactNode;
  readonly name: string;
  readonly at: number | null;
}

/** The menu of lanes. */
export function LaneMenu({ label, name, at }: LaneMenuProps) {
  return (
    <Menu label={label} name={name} late>
      {(close) => <Choices at={at} close={close} />}
    </Menu>
  );
}

function Choices({ at, close }: { readonly at: number | null; readonly close: () => void }) {
  const history = useLab((state) => state.history);
  const opened = useLab((state) => state.opened);
  return laneChoices(history, opened).map(({ title, choices }) => (
    <section key={title} className="lane-choices">
      <h2>{title}</h2>
      <ul className="menu-list" aria-label={title}>
        {choices.map((choice) => (
          <li key={choice.name}>
            <button
              type="button"
              onClick={() => {
                close();
                putLane(choice.lane, at);
              }}
            >
              <span>{choice.name}</span> <small>{choice.about}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}
