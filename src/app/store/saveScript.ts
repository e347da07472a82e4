// Saves the script as a file in notation. Long scripts are printed in slices, so that the page stays responsive.

import { printScript } from '../../formats/notation/print.ts';
import { wholeScript } from '../../session/deviceSpec.ts';
import type { Session } from '../../session/session.ts';
import { saveFile } from '../services/files.ts';
import { inSlices } from '../workers/slices.ts';

/** The number of lines per slice. */
const TOGETHER = 500;

/** Prints the whole session in notation, in pieces. Yields the finished share. */
export function* scriptTexts(session: Session): Generator<number, readonly string[]> {
  const { lines, ...head } = wholeScript(session);
  const texts = [printScript({ ...head, lines: [] })];
  for (let at = 0; at < lines.length; at += TOGETHER) {
    texts.push(printScript({ device: null, lines: lines.slice(at, at + TOGETHER) }));
    yield at / lines.length;
  }
  return texts;
}

/** Downloads the script as a file. */
export async function saveScript(session: Session): Promise<void> {
  const texts = await inSlices(scriptTexts(session), () => true);
  if (texts === null) return;
  saveFile(`irqscope-${session.script.length}-lines.txt`, texts);
}
