// The script as text, to copy, paste, edit or open from a file. An invalid line is reported and skipped.

import { type ChangeEvent, type ClipboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { grouped } from '../../../../base/grouped.ts';
import { parseScript } from '../../../../formats/notation/parse.ts';
import { printScript } from '../../../../formats/notation/print.ts';
import { scriptOf, withScript } from '../../../../session/deviceSpec.ts';
import { insertLines } from '../../../../session/lineEdits.ts';
import type { Script } from '../../../../session/script.ts';
import { scriptMachine } from '../../../../session/scriptMachine.ts';
import { counted } from '../../../../text/numbers.ts';
import { problemText } from '../../../../text/problem.ts';
import { useApp } from '../../../store/appContext.ts';
import { edit, useSession } from '../../../store/lab.ts';
import { openFile, openPasted } from '../../../store/opening.ts';
import { saveScript } from '../../../store/saveScript.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import './notation.css';

/** Most lines shown as text; a longer script is saved and opened as a file. */
const MOST_LINES = 12_000;
/** Most characters shown as text; a longer text is opened like a file. */
const MOST_TEXT = 1_000_000;
/** Most problems in the list. */
const SHOWN = 20;

/** Returns the script of a text and its problems, one sentence each. */
function problemsOf(text: string): { readonly script: Script; readonly problems: readonly string[] } {
  const { script, problems } = parseScript(text);
  const made = script.device === null ? null : scriptMachine(script.device, null);
  const device = made?.ok === false ? made.problems : [];
  return {
    script: device.length === 0 ? script : { ...script, device: null },
    problems: [...device, ...problems].map(problemText),
  };
}

export function NotationDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  // a text field with that many lines blocks the page
  const isLarge = session.script.length > MOST_LINES;
  const [text, setText] = useState(() => (isLarge ? '' : printScript(scriptOf(session))));
  const [told, setTold] = useState('');
  const settled = useSettled(text);
  const { script, problems } = useMemo(() => problemsOf(settled), [settled]);
  // the report follows the text a moment later, but a button takes the text as it is
  const scriptNow = () => (settled === text ? script : problemsOf(text).script);
  // at once, so that no key is lost between the drawing and the focus
  useLayoutEffect(() => {
    dialog.current?.showModal();
    field.current?.setSelectionRange(0, 0);
  }, []);
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen === undefined) return;
    if (chosen.size > MOST_TEXT) {
      dialog.current?.close();
      void openFile(app, chosen);
      return;
    }
    chosen.text().then(
      (content) => {
        setText(content);
        setTold(`${chosen.name} opened.`);
      },
      () => setTold(`${chosen.name} could not be read.`),
    );
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (pasted.length <= MOST_TEXT) return;
    event.preventDefault();
    dialog.current?.close();
    void openPasted(app, pasted);
  };
  const save = () => {
    saveScript(session).then(
      () => setTold('Saved.'),
      () => setTold('The browser blocks saving.'),
    );
  };
  const copy = () => {
    void app.services.copyText(text).then((copied) => {
      if (!copied) field.current?.select();
      setTold(copied ? 'Copied.' : 'The browser blocks copying. The text is selected: press Ctrl C.');
    });
  };
  const lines = counted(script.lines.length, 'line');
  return (
    <dialog ref={dialog} className="notation" aria-labelledby="notation-heading" onClose={onClose}>
      <h2 id="notation-heading">Script in notation</h2>
      <textarea
        ref={field}
        aria-label="Script in notation"
        spellCheck={false}
        value={text}
        placeholder={
          isLarge
            ? `The script has ${grouped(session.script.length)} lines: too many to be shown as text. Save it as a file.`
            : undefined
        }
        onPaste={onPaste}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="notation-report" role="region" aria-label="Operations and problems" tabIndex={0}>
        <p>
          {lines} read{problems.length === 0 ? '.' : `, ${counted(problems.length, 'problem')}:`}
        </p>
        <ul>
          {problems.slice(0, SHOWN).map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
          {problems.length > SHOWN && <li>… {problems.length - SHOWN} more</li>}
        </ul>
      </div>
      <div className="notation-buttons">
        <input
          ref={file}
          type="file"
          accept=".txt,.irq,text/plain"
          aria-label="Script file"
          className="hidden"
          tabIndex={-1}
          onChange={onFile}
        />
        <button type="button" onClick={() => file.current?.click()}>
          Open file…
        </button>
        <button type="button" onClick={save}>
          Save as file
        </button>
        {!isLarge && (
          <button type="button" onClick={copy}>
            Copy as notation
          </button>
        )}
        <span role="status" className="told">
          {told}
        </span>
        <button type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button
          type="button"
          disabled={script.lines.length === 0}
          onClick={() => {
            const after = session.cursor.line;
            const { lines: inserted } = scriptNow();
            edit(app, `Insert ${counted(inserted.length, 'line')} after line ${after}`, (now) =>
              insertLines(now, after, inserted),
            );
            dialog.current?.close();
          }}
        >
          Insert after line {session.cursor.line}
        </button>
        <button
          type="button"
          className="primary"
          onClick={() => {
            const used = scriptNow();
            edit(app, `Script of ${counted(used.lines.length, 'line')}`, (now) => withScript(now, used));
            dialog.current?.close();
          }}
        >
          Use {problems.length === 0 ? 'these' : 'the good'} {lines}
        </button>
      </div>
    </dialog>
  );
}
