// The top bar: views, kernel, device, files, link, export, verification, theme and keys.

import { type MouseEvent, Suspense } from 'react';
import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { chooseGeneration } from '../../../session/edits.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { edit, useGeneration } from '../../store/lab.ts';
import { learnerSlice } from '../../store/learner.ts';
import { useTheme } from '../../store/theme.ts';
import { openView, VIEW_IDS, viewSlice } from '../../store/view.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { late } from '../../ui/late.ts';
import { VIEWS } from '../views.ts';
import { RecordingMenu } from './RecordingMenu.tsx';
import { SetupMenu } from './SetupMenu.tsx';
import { ShareButton } from './ShareButton.tsx';
import './topbar.css';

const ContinueButton = late(async () => (await import('./ContinueButton.tsx')).ContinueButton);
const KernelMenu = late(async () => (await import('./KernelMenu.tsx')).KernelMenu);

/** The modifier's name depends on the person's keyboard. */
const PALETTE_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';

export function TopBar() {
  const { view } = useSlice(viewSlice);
  const theme = useTheme();
  const showsLab = view === 'lab' || view === 'compare';
  return (
    <header className="topbar">
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place in the page */}
      <a href="#main" className="skip" onClick={skip}>
        {view === 'lab' ? 'Skip to the lab' : 'Skip to the content'}
      </a>
      <h1>
        <CommandButton id="view.start" className="logo">
          irqscope
        </CommandButton>
      </h1>
      <Views />
      <Suspense fallback={null}>
        <ContinueButton />
      </Suspense>
      {showsLab && <LabSetup />}
      <span className="spacer rest" />
      {showsLab && <RecordingMenu />}
      <ShareButton />
      {showsLab && <CommandButton id="script.takeAway">Export…</CommandButton>}
      {showsLab && <CommandButton id="script.new">New</CommandButton>}
      <CommandButton
        id="view.trust"
        label="How the model is verified"
        tip="How the model is verified"
        className="trust-button"
      >
        <span aria-hidden="true">✓</span> <span className="wide-only">Verified</span>
      </CommandButton>
      <CommandButton
        id="view.theme"
        label={`Theme: ${theme}`}
        tip={`Theme: ${theme} (T)`}
        className="theme-button"
      >
        <span className="roomy-only">Theme</span>
        <span className="icon">◐</span>
      </CommandButton>
      <CommandButton id="view.help" label="Help" tip="Help (?)">
        ?
      </CommandButton>
      <CommandButton id="view.palette" label={`Commands: command palette ${PALETTE_KEY}`}>
        <span className="phone-only">Commands</span>
        <span className="keys-only">{PALETTE_KEY}</span>
      </CommandButton>
    </header>
  );
}

/** Moves the focus past the bar; the address stays the session's. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  const main = document.querySelector('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}

/** The views. */
function Views() {
  const app = useApp();
  const { view } = useSlice(viewSlice);
  const isNew = useSlice(learnerSlice, (state) => state.isNew);
  return (
    <nav className="views" aria-label="Views">
      {VIEW_IDS.map((id) => (
        <button
          key={id}
          type="button"
          aria-current={id === view ? 'page' : undefined}
          data-new={isNew && id === 'learn' ? true : undefined}
          onClick={() => openView(app, id)}
        >
          {VIEWS[id].label}
        </button>
      ))}
    </nav>
  );
}

/** The number of designs with a radio button; the menu beside them also offers alternatives. */
const DESIGNS = 4;

/** The session's device, and its kernel; in Compare each lane has a kernel. */
function LabSetup() {
  const app = useApp();
  const generation = useGeneration();
  const { view } = useSlice(viewSlice);
  return (
    <>
      {view !== 'compare' && (
        <fieldset className="segments">
          <legend className="hidden">Kernel</legend>
          {GENERATIONS.slice(0, DESIGNS).map(({ id, label, policy }) => (
            <label key={id} title={policy}>
              {/* a name each: Tab goes from kernel to kernel, Space chooses, and no arrow key changes the kernel */}
              <input
                type="radio"
                name={`kernel-${id}`}
                checked={generation === id}
                onChange={() => edit(app, `run under ${label}`, (now) => chooseGeneration(now, id))}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )}
      {view !== 'compare' && (
        <Suspense fallback={<span className="kernel-room" />}>
          <KernelMenu />
        </Suspense>
      )}
      <SetupMenu />
    </>
  );
}
