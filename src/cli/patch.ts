// `irqscope import` of a patch: its hunks and the functions that they touch. The page asks which policies it changes.

import { readPatch } from '../formats/patch/parse.ts';
import type { Hunk, Patch } from '../formats/patch/patch.ts';
import { problemText } from '../text/problem.ts';

/** Prints a patch; with `json` as one object. Returns the status of the command: 2 for a patch that is refused. */
export function importPatch(path: string, text: string, json: boolean): number {
  const read = readPatch(text);
  if (!read.ok) {
    process.stderr.write(`irqscope: ${path}: ${read.problems.map(problemText).join('\n')}\n`);
    return 2;
  }
  const { mail, file, others, removed } = read.value;
  const hunks = file.hunks.map(({ functions, line, oldStart, oldCount, newStart, newCount }) => ({
    line,
    old: [oldStart, oldCount],
    new: [newStart, newCount],
    functions,
  }));
  process.stdout.write(
    json
      ? `${JSON.stringify({ format: 'patch', mail, path: file.newPath, hunks, others, removed }, null, 1)}\n`
      : toText(read.value),
  );
  return 0;
}

function toText({ mail, file, others, removed }: Patch): string {
  const lines = [
    ...(mail?.subject == null ? [] : [mail.subject]),
    `A patch of ${file.newPath}:`,
    ...file.hunks.map((hunk) => `  ${hunkText(hunk)}`),
    ...(others.length === 0 ? [] : [`Not read: ${others.join(', ')}.`]),
    ...removed,
    'A patch has no operations. Paste it into the page, or choose its policies: --generation "dynamic + TOKEN".',
  ];
  return `${lines.join('\n')}\n`;
}

function hunkText({ oldStart, newStart, functions, outside, line }: Hunk): string {
  const names = [...functions, ...(outside ? ['outside of functions'] : [])].join(', ');
  return `line ${line}: ${oldStart} -> ${newStart}${names === '' ? '' : `, ${names}`}`;
}
