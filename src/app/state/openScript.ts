// Opening a script: from the text of a file, or a generated one. A long text is read by the worker.

import { type Problem, problemText } from '../../base/result.ts';
import { withScript } from '../../session/deviceSpec.ts';
import type { Script } from '../../session/script.ts';
import { scriptMachine } from '../../session/scriptMachine.ts';
import { START } from '../../session/session.ts';
import { type Workload, workload } from '../../session/workload.ts';
import { counted } from '../../views/words/numbers.ts';
import { edit, showProblem, useLab } from './lab.ts';
import { loadEngine } from './long.ts';

/** A text of more bytes is read by the worker. */
const LARGE = 100_000;
/** Problems that are told by name. */
const SHOWN = 20;

/** Opens the text of a file as a script in notation. */
export async function openScriptText(name: string, text: Uint8Array<ArrayBuffer>): Promise<void> {
  const { parseHead, parseScript } = await import('../../formats/notation/parse.ts');
  if (text.length < LARGE || typeof Worker === 'undefined') {
    const { script, problems } = parseScript(new TextDecoder().decode(text));
    show(name, script, problems, problems.length);
    return;
  }
  const { openText } = await loadEngine();
  const opened = await openText(name, text);
  if (opened === null) return;
  const head = parseHead(opened.device, opened.lines.length);
  show(name, { ...head, lines: opened.lines }, opened.problems, opened.problemCount);
}

/** Opens a script, or tells what of it could not be read and offers the rest. */
function show(name: string, script: Script, problems: readonly Problem[], count: number): void {
  const made = script.device === null ? null : scriptMachine(script.device, null);
  const device = made?.ok === false ? made.problems : [];
  const good = device.length === 0 ? script : { ...script, device: null };
  const { length } = script.lines;
  if (count + device.length === 0 && length > 0) {
    openScript(name, good);
    return;
  }
  const details = [...device, ...problems].slice(0, SHOWN).map(problemText);
  const more = count + device.length - details.length;
  if (length === 0) {
    showProblem({ title: `${name} is not a script that can be read.`, details });
    return;
  }
  const lines = counted(length, 'line');
  showProblem({
    title: `${counted(count + device.length, 'line')} of ${name} could not be read.`,
    details: more > 0 ? [...details, `… ${more.toLocaleString('en')} more`] : details,
    actions: [{ label: `Open the good ${lines}`, run: () => openScript(name, good) }],
  });
}

function openScript(name: string, script: Script): void {
  const lines = counted(script.lines.length, 'line');
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit(`open ${name}`, (now) => withScript(now, { cursor: START, ...script }));
  useLab.setState({ announcement: `${name} opened, ${lines}.` });
}

/** Opens a generated script. */
export function openWorkload(asked: Workload): void {
  openScript(`workload ${asked.lines.toLocaleString('en')}`, workload(asked));
}
