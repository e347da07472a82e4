// The dialog that embeds the session in another page: options, and the HTML to copy.

import { useId, useMemo, useRef, useState } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { EMBED_THEMES, type EmbedTheme } from '../../../formats/embed/parameters.ts';
import {
  EMBED_SIZE,
  EMBED_SIZES,
  embedAddress,
  embedSnippet,
  LESSON_SIZE,
  lessonAddress,
  lessonSnippet,
} from '../../../formats/embed/snippet.ts';
import { printLink } from '../../../formats/permalink/link.ts';
import { resultCheck } from '../../../session/resultCheck.ts';
import type { Session } from '../../../session/session.ts';
import { problemText } from '../../../text/problem.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { replayOf } from '../../store/derived.ts';
import { labSlice, useSession } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import './embedDialog.css';

/** Lines; a longer script never fits into a link. */
const HOPELESS = 12_000;

const THEME_WORDS: Readonly<Record<EmbedTheme, string>> = {
  system: 'the reader’s system',
  light: 'light',
  dark: 'dark',
};

interface Wish {
  /** The frame shows the open lesson instead of the session. */
  readonly lesson: boolean;
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
    lesson: false,
    play: true,
    theme: 'system',
    width: `${EMBED_SIZE.width}`,
    height: `${EMBED_SIZE.height}`,
    page,
    origin: '',
  };
}

function useSnippet(session: Session, wish: Wish) {
  const app = useApp();
  const recording = useSlice(labSlice, ({ recordingFile }) => recordingFile);
  const replayed = replayOf(app, session);
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
  const open = useSlice(lessonSlice, (state) => state.open);
  if (wish.lesson && open !== null) {
    const { title, about } = open.taking.lesson;
    const { fragment } = open;
    const lesson = { page: page.trim(), fragment, title, about, width: size(width), height: size(height) };
    return { snippet: lessonSnippet(lesson), address: lessonAddress(lesson) };
  }
  return { snippet: embedSnippet(embedding), address: embedAddress(embedding) };
}

export function EmbedDialog() {
  const app = useApp();
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
    void app.services.copyText(text).then((copied) => {
      if (!copied) field.current?.select();
      setTold(
        copied
          ? `Copied, ${grouped(text.length)} characters.`
          : 'The browser blocks copying. The text is selected: press Ctrl C.',
      );
    });
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
              aria-label="HTML for the page"
              readOnly
              spellCheck={false}
              value={text}
              onFocus={(event) => event.currentTarget.select()}
            />
          ) : (
            <div className="embed-problems anywhere" role="alert">
              {snippet.problems.map((problem) => (
                <p key={problemText(problem)}>{problemText(problem)}</p>
              ))}
            </div>
          )}
          <div className="embed-buttons cluster middle">
            <button type="button" className="primary" disabled={!snippet.ok} onClick={copy}>
              Copy HTML
            </button>
            {snippet.ok && (
              <a href={address} target="_blank" rel="noopener">
                Open the embed
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
  const open = useSlice(lessonSlice, (state) => state.open);
  return (
    <div className="embed-options tracks gap-8">
      {open !== null && (
        <fieldset className="embed-themes cluster middle">
          <legend>Content</legend>
          {[false, true].map((lesson) => (
            <label key={String(lesson)}>
              <input
                type="radio"
                name={`${id}-content`}
                checked={wish.lesson === lesson}
                onChange={() => change({ lesson, ...sizeTexts(lesson ? LESSON_SIZE : EMBED_SIZE) })}
              />
              {lesson ? `the lesson “${open.taking.lesson.title}”` : 'the session, to read'}
            </label>
          ))}
        </fieldset>
      )}
      {!wish.lesson && <SessionOptions wish={wish} change={change} />}
      <div className="embed-size cluster middle">
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
        pixels; never wider than the page
      </div>
      <label className="embed-text tracks middle">
        Address of irqscope
        <input type="url" value={wish.page} onChange={(event) => change({ page: event.target.value })} />
      </label>
      {!wish.lesson && <OriginOption wish={wish} change={change} />}
      {wish.lesson && (
        <p>
          The frame shows the lesson with the lab, without the top bar. The reader’s browser keeps the
          progress.
        </p>
      )}
    </div>
  );
}

function sizeTexts({ width, height }: { readonly width: number; readonly height: number }) {
  return { width: `${width}`, height: `${height}` };
}

function SessionOptions({ wish, change }: OptionsProps) {
  const id = useId();
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={wish.play}
          onChange={(event) => change({ play: event.target.checked })}
        />
        Readers can move through time; otherwise they see the current line only
      </label>
      <fieldset className="embed-themes cluster middle">
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
    </>
  );
}

function OriginOption({ wish, change }: OptionsProps) {
  const id = useId();
  return (
    <>
      <label className="embed-text tracks middle">
        Origin that may control it
        <input
          type="url"
          placeholder="none, or https://blog.example"
          aria-describedby={`${id}-control`}
          value={wish.origin}
          onChange={(event) => change({ origin: event.target.value })}
        />
      </label>
      <p id={`${id}-control`}>
        The embed accepts messages only from the page around it, and only from this origin. The page sends,
        for instance, <code className="mono">{"{ irqscope: 1, command: 'go', line: 7 }"}</code>; the embed
        sends <code className="mono">ready</code> and <code className="mono">moved</code>.
      </p>
    </>
  );
}
