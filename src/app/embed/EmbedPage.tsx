// irqscope inside another page: wiring, script with results, what happened, and a way into the lab. Nothing can be edited.

import { useEffect, useMemo } from 'react';
import { problemText } from '../../base/result.ts';
import { type EmbedWish, readEmbedWish } from '../../formats/embed/parameters.ts';
import { printLink } from '../../formats/permalink/link.ts';
import { generation } from '../../kernel/generations/index.ts';
import { isLong } from '../../session/replay.ts';
import { resultCheck } from '../../session/resultCheck.ts';
import { EmbedScript } from './EmbedScript.tsx';
import { EmbedTransport } from './EmbedTransport.tsx';
import { EmbedWiring } from './EmbedWiring.tsx';
import { isFramed, isPossibleOrigin, talkTo } from './host.ts';
import { followKeys } from './keys.ts';
import { type EmbedState, openEmbedded, type ShownSession, sentenceOf, useEmbed } from './store.ts';
import './embed.css';

/** Shows what the address says, now and when its fragment becomes another. */
function followFragment(): () => void {
  const open = () => {
    const problem = openEmbedded(window.location.hash);
    if (problem !== null) useEmbed.setState({ notes: [problem] });
  };
  open();
  window.addEventListener('hashchange', open);
  return () => window.removeEventListener('hashchange', open);
}

/** The page. */
export function EmbedPage() {
  const { wish, problems } = useMemo(() => {
    const query = new URLSearchParams(window.location.search);
    return readEmbedWish((name) => query.get(name), isPossibleOrigin);
  }, []);
  const { play, theme, origin } = wish;
  const state = useEmbed();
  useEffect(followFragment, []);
  useEffect(() => {
    if (theme !== 'system') document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => (play ? followKeys() : undefined), [play]);
  useEffect(() => (origin === null ? undefined : talkTo(origin)), [origin]);
  const { shown } = state;
  const notes = [...problems.map(problemText), ...state.notes];
  return (
    <main className="embed" aria-label="irqscope">
      <header className="embed-head">
        <h1>irqscope</h1>
        {shown !== null && <Kernel shown={shown} />}
        <OpenLink state={state} />
      </header>
      {notes.length > 0 && (
        <div className="embed-notes" role="alert">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
      {shown !== null && (
        <>
          <div className="embed-body">
            <EmbedScript shown={shown} state={state} playable={play} />
            <EmbedWiring shown={shown} state={state} />
          </div>
          <p className="embed-sentence" role="status">
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
  const size = msix === null ? `MSI ${msi?.vectors ?? 0}` : `MSI-X ${msix.vectors.toLocaleString('en')}`;
  const { label, policy } = generation(session.generation);
  return (
    <span className="embed-kernel" title={policy}>
      <b>{label}</b> · {session.setup.deviceName} · {size}
    </span>
  );
}

/** The lab with the same script, at the place that is shown; of a long script, at the place of the link. */
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
  const { shown, cursor } = state;
  const driven = origin !== null && isFramed();
  if (shown === null && !driven) return null;
  return (
    <footer className="embed-foot">
      {shown !== null && play && <EmbedTransport shown={shown} state={state} />}
      {shown !== null && !play && (
        <span className="position">
          line {cursor.line} / {shown.session.script.length}
        </span>
      )}
      {driven && (
        <span className="embed-origin">
          Driven by <b>{origin}</b>
        </span>
      )}
    </footer>
  );
}
