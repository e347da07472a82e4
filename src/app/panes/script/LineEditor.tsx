// Writing a line in the notation, or a note, at the place where it will stand. What is wrong is said under the field.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Problem, Result } from '../../../base/result.ts';
import { parseLine } from '../../../formats/notation/parse.ts';
import { printLine } from '../../../formats/notation/printLine.ts';
import { insertLine, replaceLine, setAction, setNote } from '../../../session/edits.ts';
import { type ScriptLine, tidyAction, tidyNote } from '../../../session/script.ts';
import type { Editing } from '../../../views/script/layout.ts';
import { edit } from '../../state/lab.ts';

/** What the editor needs. */
interface LineEditorProps {
  readonly editing: Editing;
  /** The line that is written anew or noted on; null for an insertion. */
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
  return kind === 'note' ? entry.note : printLine({ ...entry, note: '', action: '' });
}

/** Performs what was written. Note and action stay on a line that is written anew, unless there is a new note. */
function apply({ kind, line }: Editing, text: string, parsed: Result<ScriptLine> | null): boolean {
  const at = line - 1;
  if (kind === 'note') {
    edit(`Note on line ${line}`, (now) => setNote(now, at, tidyNote(text)));
    return true;
  }
  if (kind === 'action') {
    edit(`Action before line ${line}`, (now) => setAction(now, at, tidyAction(text)));
    return true;
  }
  if (parsed?.ok !== true) return false;
  const { value } = parsed;
  if (kind === 'insert') {
    edit(`Insert line ${line}`, (now) => insertLine(now, at, value));
    return true;
  }
  edit(`Edit line ${line}`, (now) => {
    const old = now.script[at];
    const note = value.note === '' ? (old?.note ?? '') : value.note;
    return replaceLine(now, at, { ...value, note, action: old?.action ?? '' });
  });
  return true;
}

/** The editor of a line. */
export function LineEditor({ editing, entry, top, onClose }: LineEditorProps) {
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
    if (apply(editing, text, parsed)) onClose();
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

/** What a person says in words, and not in the notation. */
function isText(kind: Editing['kind']): boolean {
  return kind === 'note' || kind === 'action';
}

function hint(kind: Editing['kind']): string {
  if (kind === 'action') return 'What the guest or driver did. Enter applies, Escape cancels.';
  return kind === 'note'
    ? 'Enter applies, Shift Enter begins a new line, Escape cancels.'
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
