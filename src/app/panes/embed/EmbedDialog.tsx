// The session as HTML for another page: what it may do there, how it looks, and the text that is put into that page.

import { useId, useMemo, useRef, useState } from 'react';
import { problemText } from '../../../base/result.ts';
import { EMBED_THEMES, type EmbedTheme } from '../../../formats/embed/parameters.ts';
import { EMBED_SIZE, EMBED_SIZES, embedAddress, embedSnippet } from '../../../formats/embed/snippet.ts';
import { printLink } from '../../../formats/permalink/link.ts';
import { resultCheck } from '../../../session/resultCheck.ts';
import type { Session } from '../../../session/session.ts';
import { Dialog } from '../../commands/Dialog.tsx';
import { replayOf } from '../../state/derived.ts';
import { useLab, useSession } from '../../state/lab.ts';
import './embedDialog.css';

/** No script of so many lines fits into a link. */
const HOPELESS = 12_000;

const THEME_WORDS: Readonly<Record<EmbedTheme, string>> = {
  system: 'as the reader’s system',
  light: 'light',
  dark: 'dark',
};

interface Wish {
  readonly play: boolean;
  readonly theme: EmbedTheme;
  readonly width: string;
  readonly height: string;
  readonly page: string;
  readonly origin: string;
}

function firstWish(): Wish {
  const { origin, pathname } = window.location;
  const page = /^https?:/.test(origin) ? `${origin}${pathname}` : '';
  return {
    play: true,
    theme: 'system',
    width: `${EMBED_SIZE.width}`,
    height: `${EMBED_SIZE.height}`,
    page,
    origin: '',
  };
}

function useSnippet(session: Session, wish: Wish) {
  const recording = useLab(({ recordingFile }) => recordingFile);
  const replayed = replayOf(session);
  const link = useMemo(() => {
    if (session.script.length > HOPELESS) return '';
    return printLink({ session, recording, check: resultCheck(replayed) });
  }, [session, recording, replayed]);
  const { play, theme, page, width, height } = wish;
  const origin = wish.origin.trim() === '' ? null : wish.origin.trim();
  const size = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  const embedding = {
    ...{ play, theme, origin, link, replayed, page: page.trim() },
    ...{ width: size(width), height: size(height) },
  };
  return { snippet: embedSnippet(embedding), address: embedAddress(embedding) };
}

/** The dialog. */
export function EmbedDialog() {
  const session = useSession();
  const [wish, setWish] = useState(firstWish);
  const [told, setTold] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { snippet, address } = useSnippet(session, wish);
  const text = snippet.ok ? snippet.value : '';
  const change = (part: Partial<Wish>) => {
    setWish((now) => ({ ...now, ...part }));
    setTold('');
  };
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setTold(`Copied, ${text.length.toLocaleString('en')} characters.`),
      () => {
        field.current?.select();
        setTold('The browser forbids copying: the text is selected.');
      },
    );
  };
  return (
    <Dialog name="Embed in another page" className="sheet embed-dialog">
      {(close) => (
        <>
          <header>
            <h2>Embed in another page</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <Options wish={wish} change={change} />
          {snippet.ok ? (
            <textarea
              ref={field}
              aria-label="HTML to put into the page"
              readOnly
              spellCheck={false}
              value={text}
              onFocus={(event) => event.currentTarget.select()}
            />
          ) : (
            <div className="embed-problems" role="alert">
              {snippet.problems.map((problem) => (
                <p key={problemText(problem)}>{problemText(problem)}</p>
              ))}
            </div>
          )}
          <div className="embed-buttons">
            <button type="button" className="primary" disabled={!snippet.ok} onClick={copy}>
              Copy HTML
            </button>
            {snippet.ok && (
              <a href={address} target="_blank" rel="noopener">
                See it alone
              </a>
            )}
            <span role="status">{told}</span>
          </div>
        </>
      )}
    </Dialog>
  );
}

interface OptionsProps {
  readonly wish: Wish;
  readonly change: (part: Partial<Wish>) => void;
}

function Options({ wish, change }: OptionsProps) {
  const id = useId();
  return (
    <div className="embed-options">
      <label className="check">
        <input
          type="checkbox"
          checked={wish.play}
          onChange={(event) => change({ play: event.target.checked })}
        />
        Readers can go through time; without it they see the line that is looked at now
      </label>
      <fieldset className="embed-themes">
        <legend>Theme</legend>
        {EMBED_THEMES.map((theme) => (
          <label key={theme}>
            <input
              type="radio"
              name={`${id}-theme`}
              checked={wish.theme === theme}
              onChange={() => change({ theme })}
            />
            {THEME_WORDS[theme]}
          </label>
        ))}
      </fieldset>
      <div className="embed-size">
        {(['width', 'height'] as const).map((side) => (
          <label key={side}>
            {side === 'width' ? 'Width' : 'Height'}
            <input
              type="number"
              min={EMBED_SIZES[side][0]}
              max={EMBED_SIZES[side][1]}
              value={wish[side]}
              onChange={(event) => change({ [side]: event.target.value })}
            />
          </label>
        ))}
        pixels; it is never wider than the page
      </div>
      <label className="embed-text">
        Address of irqscope
        <input type="url" value={wish.page} onChange={(event) => change({ page: event.target.value })} />
      </label>
      <label className="embed-text">
        Origin that may drive it
        <input
          type="url"
          placeholder="none; or https://blog.example"
          aria-describedby={`${id}-drive`}
          value={wish.origin}
          onChange={(event) => change({ origin: event.target.value })}
        />
      </label>
      <p id={`${id}-drive`}>
        Only scripts of the page around it, from exactly this origin, are answered. They send, for instance,{' '}
        <code>{"{ irqscope: 1, command: 'go', line: 7 }"}</code>; the embed says <code>ready</code> and{' '}
        <code>moved</code>.
      </p>
    </div>
  );
}
