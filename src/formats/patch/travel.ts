// Undoes how a pasted patch travelled: colours of a terminal, quoted-printable, quote marks of a reply, and an indented block. The
// steps are those of traces (imports/transport); only the detection differs, because every line of a diff has a sign already.

import { Carrier } from '../imports/transport/carrier.ts';
import { CHARACTERS } from '../imports/transport/characters.ts';
import { type Carried, indentOf } from '../imports/transport/line.ts';
import { quoteGap, quoteLength } from '../imports/transport/marks.ts';
import { endsSoftly, escapesOf } from '../imports/transport/quotedPrintable.ts';
import { type Travel, travelText } from '../imports/transport/travel.ts';

/** Lines that begin a file or a hunk of a diff. */
const HEAD = /^(?:diff --git |--- \S|\+\+\+ \S|@@ -\d)/;

/** An escape of quoted-printable: “=”, a tab, or a space at the end. */
const ESCAPE = /=3D|=09|=20$/i;

/** Decodes tabs, which the step of traces leaves because `fd=09` is no escape there. */
const withTabs = (text: string) => text.replace(/=09(?=.)/g, '\t');

/** The lines of a patch as they were before they travelled. */
export interface PatchText {
  readonly lines: readonly Carried[];
  /** One sentence for each thing that was removed. */
  readonly removed: readonly string[];
}

/** Returns true if the line is the head of a file or hunk. */
export function isHead(text: string): boolean {
  return HEAD.test(text);
}

/** Returns the lines of a text without what mailers and terminals added. */
export function patchText(text: string): PatchText {
  const parts = text.replace(/^\ufeff/, '').split('\n');
  let lines: readonly Carried[] = parts.map((part, at) => ({
    text: part.endsWith('\r') ? part.slice(0, -1) : part,
    lines: [at + 1],
    shift: 0,
  }));
  const removed: string[] = [];
  // each way once, and again below another one
  for (let round = 0; round < 6; round++) {
    const travel = nextTravel(lines.map((line) => line.text));
    if (travel === null) break;
    lines = travel.kind === 'quoted' ? replies(lines) : lines;
    lines = carried(travel, lines);
    const sentence = travelText(travel);
    if (!removed.includes(sentence)) removed.push(sentence);
  }
  return { lines, removed };
}

function nextTravel(texts: readonly string[]): Travel | null {
  const [colours] = CHARACTERS.filter(({ kind }) => kind === 'colours');
  if (colours !== undefined && texts.some((text) => colours.shows(text))) return { kind: 'colours' };
  const isQuoted = !texts.some(isHead) && texts.some((text) => isHead(text.slice(quoteLength(text))));
  const breaks = texts.flatMap((text, at) => (endsSoftly(text) ? [texts[at + 1] ?? ''] : []));
  const { escapes, others } = escapesOf(texts.map(withTabs));
  // a line of C can end with “=”, so a break alone proves nothing
  const isEncoded = escapes > 0 && escapes >= others * 4 && texts.some((text) => ESCAPE.test(text));
  // marks before the continuation of a line are outside of the encoding
  const isOutside = isQuoted && breaks.length > 0 && breaks.every((text) => quoteLength(text) > 0);
  if (isEncoded && !isOutside) return { kind: 'quotedPrintable' };
  if (isQuoted) return { kind: 'quoted', gap: quoteGap(texts) };
  const indents = texts.flatMap((text) => {
    const indent = indentOf(text);
    return indent > 0 && isHead(text.slice(indent)) ? [indent] : [];
  });
  if (indents.length === 0 || texts.some(isHead)) return null;
  return { kind: 'indented', most: Math.min(...indents) };
}

/** Leaves out the lines of a reply: those with fewer marks than the first head of the diff. */
function replies(lines: readonly Carried[]): readonly Carried[] {
  const depth = (text: string) => text.slice(0, quoteLength(text, 0)).replace(/[^>|]/g, '').length;
  const first = lines.find(({ text }) => isHead(text.slice(quoteLength(text))));
  if (first === undefined) return lines;
  const least = depth(first.text);
  const from = lines.indexOf(first);
  return lines.filter(({ text }, at) => at < from || depth(text) >= least);
}

/** Gives the lines through the step of one way, which keeps their numbers. */
function carried(travel: Travel, lines: readonly Carried[]): readonly Carried[] {
  const carrier = new Carrier([travel], () => null);
  const given = (text: string) => (travel.kind === 'quotedPrintable' ? withTabs(text) : text);
  const out = [...lines.flatMap(({ text }) => carrier.push(given(text))), ...carrier.end()];
  return out.map(({ text, lines: own, shift }) => {
    const from = own.flatMap((at) => lines[at - 1]?.lines ?? []);
    return { text, lines: from, shift: shift + (lines[(own[0] ?? 1) - 1]?.shift ?? 0) };
  });
}
