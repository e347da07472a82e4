// irqscope inside another page: wiring, script with results, a sentence on the current line, and a link to the lab. It is
// read-only.

import { useEffect, useMemo } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { type EmbedWish, readEmbedWish } from '../../../formats/embed/parameters.ts';
import { printLink } from '../../../formats/permalink/link.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { isLong } from '../../../session/replay.ts';
import { resultCheck } from '../../../session/resultCheck.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { EmbedScript } from './EmbedScript.tsx';
import { EmbedTransport } from './EmbedTransport.tsx';
import { EmbedWiring } from './EmbedWiring.tsx';
import { isFramed, isPossibleOrigin, talkTo } from './host.ts';
import { followKeys } from './keys.ts';
import { type EmbedState, embedSlice, openEmbedded, type ShownSession, sentenceOf } from './store.ts';
import './embed.css';

/** Shows the session of the address, now and after each change of the fragment. */
function followFragment(app: App): () => void {
  const open = () => {
    const problem = openEmbedded(app, window.location.hash);
    if (problem !== null) app.set(embedSlice, { notes: [problem] });
  };
  open();
  window.addEventListener('hashchange', open);
  return () => window.removeEventListener('hashchange', open);
}

export function EmbedPage() {
  const app = useApp();
  const { wish, problems } = useMemo(() => {
    const query = new URLSearchParams(window.location.search);
    return readEmbedWish((name) => query.get(name), isPossibleOrigin);
  }, []);
  const { play, theme, origin } = wish;
  const state = useSlice(embedSlice);
  useEffect(() => followFragment(app), [app]);
  useEffect(() => {
    if (theme !== 'system') document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => (play ? followKeys(app) : undefined), [play, app]);
  useEffect(() => (origin === null ? undefined : talkTo(app, origin)), [origin, app]);
  const { shown } = state;
  const notes = [...problems.map(problemText), ...state.notes];
  return (
    <main className="embed stack" aria-label="irqscope">
      <header className="embed-head line-below cluster rigid middle">
        <h1>irqscope</h1>
        {shown !== null && <Kernel shown={shown} />}
        <OpenLink state={state} />
      </header>
      {notes.length > 0 && (
        <div className="embed-notes rigid anywhere" role="alert">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
      {shown !== null && (
        <>
          <div className="embed-body tracks fill">
            <EmbedScript shown={shown} state={state} playable={play} />
            <EmbedWiring shown={shown} state={state} />
          </div>
          <p className="embed-sentence rigid scroll anywhere line-above" role="status">
            {sentenceOf(shown, state)}
          </p>
        </>
      )}
      <Foot wish={wish} state={state} />
    </main>
  );
}

function Kernel({ shown: { session } }: { readonly shown: ShownSession }) {
  const { msix, msi } = session.setup.device;
  const size = msix === null ? `MSI ${msi?.vectors ?? 0}` : `MSI-X ${grouped(msix.vectors)}`;
  const { label, policy } = generation(session.generation);
  return (
    <span className="embed-kernel small cut slim" title={policy}>
      <b>{label}</b> · {session.setup.deviceName} · {size}
    </span>
  );
}

/** A link to the lab with the same script, at the shown place; for a long script at the place of the link. */
function OpenLink({ state: { shown, cursor } }: { readonly state: EmbedState }) {
  const fragment = useMemo(() => {
    if (shown === null) return window.location.hash.slice(1);
    const { session, replayed, recording, link } = shown;
    if (isLong(replayed)) return link;
    return printLink({ session: { ...session, cursor }, recording, check: resultCheck(replayed) });
  }, [shown, cursor]);
  return (
    <a className="embed-open" href={`${window.location.pathname}#${fragment}`} target="_blank" rel="noopener">
      Open in irqscope
    </a>
  );
}

function Foot({ wish: { play, origin }, state }: { readonly wish: EmbedWish; readonly state: EmbedState }) {
  const { shown } = state;
  const driven = origin !== null && isFramed();
  return (
    <footer className="embed-foot apart line-above cluster rigid middle">
      {shown !== null && <EmbedTransport shown={shown} state={state} playable={play} />}
      {driven && (
        <span className="embed-origin aside anywhere">
          Controlled by <b>{origin}</b>
        </span>
      )}
      <a
        className="embed-trust aside"
        href={`${window.location.pathname}#trust`}
        target="_blank"
        rel="noopener"
        title="How the model is verified"
        aria-label="How the model is verified"
      >
        ✓ Verified
      </a>
    </footer>
  );
}
