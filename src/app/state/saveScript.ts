// The script as a file in notation. A long one is written down in slices, so that the page answers meanwhile.

import { printScript } from '../../formats/notation/print.ts';
import { wholeScript } from '../../session/deviceSpec.ts';
import type { Session } from '../../session/session.ts';
import { inSlices } from './slices.ts';

/** Lines that are written in one go. */
const TOGETHER = 500;

/** The whole session in notation, a piece at a time. */
export function* scriptTexts(session: Session): Generator<number, readonly string[]> {
  const { lines, ...head } = wholeScript(session);
  const texts = [printScript({ ...head, lines: [] })];
  for (let at = 0; at < lines.length; at += TOGETHER) {
    texts.push(printScript({ device: null, lines: lines.slice(at, at + TOGETHER) }));
    yield at / lines.length;
  }
  return texts;
}

/** Hands the script to the browser as a file. */
export async function saveScript(session: Session): Promise<void> {
  const texts = await inSlices(scriptTexts(session), () => true);
  if (texts === null) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([...texts], { type: 'text/plain' }));
  link.download = `irqscope-${session.script.length}-lines.txt`;
  link.click();
  // the download has its own hold on the bytes once it has begun
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
