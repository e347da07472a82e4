// The bar at the top: the generation, the device, recordings, theme.

import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { chooseGeneration } from '../../../session/edits.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { edit, useGeneration } from '../../state/lab.ts';
import { useTheme } from '../../state/theme.ts';
import { openView, useView, VIEW_IDS } from '../../state/view.ts';
import { VIEWS } from '../../views.ts';
import { RecordingMenu } from './RecordingMenu.tsx';
import { SetupMenu } from './SetupMenu.tsx';
import { ShareButton } from './ShareButton.tsx';
import './topbar.css';

/** As the person's keyboard has it. */
const PALETTE_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';

/** The top bar. */
export function TopBar() {
  const { view } = useView();
  const theme = useTheme();
  const showsLab = view === 'lab' || view === 'compare';
  return (
    <header className="topbar">
      <h1>irqscope</h1>
      <Views />
      {showsLab && <LabSetup />}
      <span className="spacer" />
      {showsLab && <RecordingMenu />}
      <ShareButton />
      {showsLab && (
        <CommandButton id="script.takeAway" label="Take away…">
          ↓
        </CommandButton>
      )}
      {showsLab && <CommandButton id="script.new">New</CommandButton>}
      <CommandButton id="view.theme" label={`Theme: ${theme}`} className="theme-button">
        Theme
      </CommandButton>
      <CommandButton id="view.help" className="help-button">
        Keys
      </CommandButton>
      <CommandButton id="view.palette" label={`Commands: command palette ${PALETTE_KEY}`}>
        <span className="phone-only">Commands</span>
        <span className="keys-only">{PALETTE_KEY}</span>
      </CommandButton>
    </header>
  );
}

/** The views. */
function Views() {
  const { view } = useView();
  return (
    <nav className="views" aria-label="Views">
      {VIEW_IDS.map((id) => (
        <button
          key={id}
          type="button"
          aria-current={id === view ? 'page' : undefined}
          onClick={() => openView(id)}
        >
          {VIEWS[id].label}
        </button>
      ))}
    </nav>
  );
}

/** The device of the session, and its generation where there are no lanes of others. */
function LabSetup() {
  const generation = useGeneration();
  const { view } = useView();
  return (
    <>
      {view !== 'compare' && (
        <fieldset className="segments">
          <legend className="hidden">Kernel generation</legend>
          {GENERATIONS.map(({ id, label, policy }) => (
            <label key={id} title={policy}>
              <input
                type="radio"
                name="generation"
                checked={generation === id}
                onChange={() => edit(`run under ${label}`, (now) => chooseGeneration(now, id))}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )}
      <SetupMenu />
    </>
  );
}
