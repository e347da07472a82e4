// The editor of a line or note, at the place of the line. Errors are shown under the field.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Problem, Result } from '../../../../base/result.ts';
import { parseLine } from '../../../../formats/notation/parse.ts';
import { printBare } from '../../../../formats/notation/printLine.ts';
import { insertLine, replaceLine } from '../../../../session/edits.ts';
import { setAction, setNote } from '../../../../session/lineEdits.ts';
import { type ScriptLine, tidyAction, tidyNote } from '../../../../session/script.ts';
import type { Editing } from '../../../../views/script/layout.ts';
import type { App } from '../../../store/app.ts';
import { useApp } from '../../../store/appContext.ts';
import { edit } from '../../../store/lab.ts';

interface LineEditorProps {
  readonly editing: Editing;
  /** The edited line; null for an insertion. */
  readonly entry: ScriptLine | null;
  readonly top: number;
  readonly onClose: () => void;
}

const LABELS: Readonly<Record<Editing['kind'], (line: number) => string>> = {
  replace: (line) => `Line ${line}`,
  insert: (line) => `New line ${line}`,
  note: (line) => `Note on line ${line}`,
  action: (line) => `Action before line ${line}`,
};

function firstText({ kind }: Editing, entry: ScriptLine | null): string {
  if (entry === null || kind === 'insert') return '';
  if (kind === 'action') return entry.action;
  return kind === 'note' ? entry.note : printBare(entry);
}

/** Applies the text; returns false if it is invalid. An edited line keeps its note and action unless it has a new note. */
function apply(app: App, { kind, line }: Editing, text: string, parsed: Result<ScriptLine> | null): boolean {
  const at = line - 1;
  if (kind === 'note') {
    edit(app, `Note on line ${line}`, (now) => setNote(now, at, tidyNote(text)));
    return true;
  }
  if (kind === 'action') {
    edit(app, `Action before line ${line}`, (now) => setAction(now, at, tidyAction(text)));
    return true;
  }
  if (parsed?.ok !== true) return false;
  const { value } = parsed;
  if (kind === 'insert') {
    edit(app, `Insert line ${line}`, (now) => insertLine(now, at, value));
    return true;
  }
  edit(app, `Edit line ${line}`, (now) => {
    const old = now.script[at];
    const note = value.note === '' ? (old?.note ?? '') : value.note;
    // the traced kernel answered the old operation
    const isSame = old !== undefined && printBare(old) === printBare(value);
    const traced = isSame ? old.traced : value.traced;
    const made = { ...value, note, action: old?.action ?? '' };
    return replaceLine(now, at, traced === undefined ? made : { ...made, traced });
  });
  return true;
}

/** The editor of a line. */
export function LineEditor({ editing, entry, top, onClose }: LineEditorProps) {
  const app = useApp();
  const { kind, line } = editing;
  const id = useId();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => firstText(editing, entry));
  const [tried, setTried] = useState(false);
  const parsed = useMemo(() => (isText(kind) ? null : parseLine(text)), [kind, text]);
  const problem = parsed?.ok === false && (tried || text.trim() !== '') ? parsed.problems[0] : null;
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);
  const submit = () => {
    setTried(true);
    if (apply(app, editing, text, parsed)) onClose();
    else if (parsed?.ok === false) placeCaret(field.current, parsed.problems[0]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.code === 'Escape') onClose();
    else if ((event.code === 'Enter' || event.code === 'NumpadEnter') && !event.shiftKey) submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shared = {
    ref: field,
    value: text,
    'aria-label': LABELS[kind](line),
    'aria-invalid': problem !== null,
    'aria-describedby': id,
    spellCheck: isText(kind),
    autoComplete: 'off',
    onKeyDown,
  };
  return (
    <div className="line-editor" style={{ top }}>
      {kind === 'note' ? (
        <textarea {...shared} rows={1} onChange={(event) => setText(event.target.value)} />
      ) : (
        <input
          {...shared}
          placeholder={kind === 'action' ? 'guest unmasks vector 3' : 'raise 0'}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <p id={id} className={problem === null ? 'hint' : 'wrong'}>
        {problem === null ? hint(kind) : problemWords(problem)}
      </p>
      <div className="line-editor-buttons">
        <button type="button" onClick={submit}>
          Apply
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </div>
  );
}

/** Returns true for plain text, which is not notation. */
function isText(kind: Editing['kind']): boolean {
  return kind === 'note' || kind === 'action';
}

function hint(kind: Editing['kind']): string {
  if (kind === 'action') return 'The action of the guest or driver. Enter applies, Escape cancels.';
  return kind === 'note'
    ? 'Enter applies, Shift Enter starts a new line, Escape cancels.'
    : 'Enter applies, Escape cancels. A ~ in front skips the line.';
}

function problemWords({ at, expected, found }: Problem): string {
  return `Column ${at.column ?? 1}: expected ${expected}, found ${found}`;
}

function placeCaret(field: HTMLInputElement | null, problem: Problem): void {
  const at = (problem.at.column ?? 1) - 1;
  field?.focus();
  field?.setSelectionRange(at, at);
}
