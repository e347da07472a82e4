// Opens the text of a patch: shows its panel, or the problem with the line and the file that is accepted.

import { readPatch } from '../../../formats/patch/parse.ts';
import { isPatchText } from '../../../formats/patch/recognise.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { showPatch } from '../../store/patch.ts';
import { brokenFile, piecesOf } from '../../workers/pieces.ts';

/** A file whose beginning is read; `isWanted` returns false once another opening has replaced this one. */
interface Begun {
  readonly file: File;
  readonly head: string;
  readonly isWanted: () => boolean;
}

/** Opens a patch. Returns false for a text that is none, such as the diff of two traces. */
export async function openPatch(app: App, { file, head, isWanted }: Begun): Promise<boolean> {
  if (!isPatchText(head)) return false;
  const parts: string[] = [];
  try {
    for await (const { text } of piecesOf(file)) {
      if (!isWanted()) return true;
      parts.push(text);
    }
  } catch (error) {
    showProblem(app, { title: `${file.name} is unreadable.`, details: [problemText(brokenFile(error))] });
    return true;
  }
  const read = readPatch(parts.join(''));
  if (!isWanted()) return true;
  if (!read.ok) {
    showProblem(app, {
      title: `${file.name} is not a patch that irqscope can show.`,
      details: read.problems.map(problemText),
    });
    return true;
  }
  app.set(labSlice, { problem: null });
  showPatch(app, file.name, read.value);
  return true;
}
