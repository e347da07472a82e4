// Reads a unified diff: of git format-patch, git diff or diff -u, alone or in a mail. Only a diff that touches vfio_pci_intrs.c is
// accepted; of the other files only the paths are kept.

import { grouped } from '../../base/grouped.ts';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import type { Carried } from '../imports/transport/line.ts';
import { touchedFunctions } from './functions.ts';
import {
  type Hunk,
  INTRS_FILE,
  isIntrsFile,
  type Patch,
  type PatchFile,
  type PatchLine,
  type PatchMail,
} from './patch.ts';
import { isHead, patchText } from './travel.ts';

/** The most characters of a patch; one of this driver has some thousand. */
const LONGEST_PATCH = 2_000_000;

const HUNK = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.*)$/;

/** Reads a text; the problem names line, column and what is accepted there. */
export function readPatch(text: string): Result<Patch> {
  if (text.length > LONGEST_PATCH) {
    const found = `${grouped(text.length)} characters`;
    return failed({ at: {}, expected: `a patch of at most ${grouped(LONGEST_PATCH)}`, found });
  }
  const { lines, removed } = patchText(text);
  const read = new Reader(lines);
  const files: PatchFile[] = [];
  for (;;) {
    const file = read.file();
    if (file === null) break;
    if (!file.ok) return file;
    files.push(file.value);
  }
  const own = files.filter(({ oldPath, newPath }) => isIntrsFile(newPath) || isIntrsFile(oldPath));
  const [file, again] = own;
  if (file === undefined) return failed(refusal(files, read.firstHead));
  if (again !== undefined) return failed(twice(again));
  if (file.hunks.length === 0) {
    const expected = `a hunk of ${INTRS_FILE} (“@@ -1,7 +1,7 @@”)`;
    return failed({ at: { line: read.firstHead }, expected, found: 'none' });
  }
  return ok({
    mail: mailOf(lines),
    file,
    others: files.filter((one) => one !== file).map(pathOf),
    removed,
  });
}

function refusal(files: readonly PatchFile[], line: number): Problem {
  const paths = files.map(pathOf);
  const [first = ''] = paths;
  const found =
    paths.length === 0
      ? 'no file of a diff'
      : paths.length === 1
        ? `a diff of ${first}`
        : `a diff of ${first} and ${paths.length - 1} other ${paths.length === 2 ? 'file' : 'files'}`;
  return { at: { line }, expected: `a unified diff that touches ${INTRS_FILE}`, found };
}

function twice({ hunks }: PatchFile): Problem {
  const at = { line: Math.max(1, (hunks[0]?.line ?? 3) - 2) };
  return {
    at,
    expected: `one diff of ${INTRS_FILE}; paste the patches of a series one by one`,
    found: 'a second one',
  };
}

const pathOf = ({ oldPath, newPath }: PatchFile) => (newPath === '/dev/null' ? oldPath : newPath);

/** Reads the files one after the other. */
class Reader {
  readonly #lines: readonly Carried[];
  #at = 0;
  /** The line of the text with the first head of a diff; 1 without one. */
  firstHead = 1;

  constructor(lines: readonly Carried[]) {
    this.#lines = lines;
    const first = lines.find(({ text }) => isHead(text));
    this.firstHead = first?.lines[0] ?? 1;
  }

  /** Returns the next file; null at the end. */
  file(): Result<PatchFile> | null {
    let named: readonly [string, string] | null = null;
    for (; this.#at < this.#lines.length; this.#at++) {
      const { text } = this.#now;
      if (/^@@@+ /.test(text))
        return failed(this.#problem('a diff of two versions', 'the diff of a merge (“@@@”)'));
      if (text.startsWith('diff --git ')) {
        if (named !== null) return this.#bare(named);
        named = gitPaths(text);
      } else if (text.startsWith('--- ') && this.#text(this.#at + 1).startsWith('+++ ')) {
        const oldPath = pathIn(text);
        const newPath = pathIn(this.#text(this.#at + 1));
        this.#at += 2;
        return this.#hunks(oldPath, newPath);
      } else if (HUNK.test(text)) {
        return failed(this.#problem('“--- OLD” and “+++ NEW” with the names of the file', 'a hunk'));
      } else if (/^(?:Binary files |GIT binary patch)/.test(text) && named !== null) {
        this.#at++;
        return this.#bare(named);
      }
    }
    return named === null ? null : this.#bare(named);
  }

  /** A file without hunks: renamed, binary, or with another mode. */
  #bare([oldPath, newPath]: readonly [string, string]): Result<PatchFile> {
    return ok({ oldPath, newPath, hunks: [] });
  }

  #hunks(oldPath: string, newPath: string): Result<PatchFile> {
    const hunks: Hunk[] = [];
    while (this.#at < this.#lines.length) {
      const { text } = this.#now;
      if (text.startsWith('\\ ')) this.#at++;
      else if (text.startsWith('@@')) {
        const hunk = this.#hunk();
        if (!hunk.ok) return hunk;
        hunks.push(hunk.value);
        const more = this.#text(this.#at);
        // “-- ” is the signature of a mail, “--- ” the next file
        if (/^\+|^-(?!-\s?$|-- )/.test(more))
          return failed(this.#problem(`no more lines in ${counted(hunk.value)}`, this.#shown()));
      } else if (text === '' && this.#text(this.#at + 1).startsWith('@@')) this.#at++;
      else break;
    }
    if (hunks.length === 0) return failed(this.#problem('a hunk (“@@ -1,7 +1,7 @@”)', this.#shown()));
    return ok({ oldPath, newPath, hunks });
  }

  #hunk(): Result<Hunk> {
    const { text, lines: numbers } = this.#now;
    const [, oldAt, oldLength, newAt, newLength, section = ''] = HUNK.exec(text) ?? [];
    if (oldAt === undefined || newAt === undefined)
      return failed(this.#problem('“@@ -LINE,COUNT +LINE,COUNT @@”', this.#shown()));
    const [oldStart, newStart] = [Number(oldAt), Number(newAt)];
    const [oldCount, newCount] = [Number(oldLength ?? 1), Number(newLength ?? 1)];
    const line = numbers[0] ?? 1;
    const lines: PatchLine[] = [];
    let [old, now] = [0, 0];
    this.#at++;
    while (old < oldCount || now < newCount) {
      if (this.#at >= this.#lines.length) return failed(this.#missing(line, oldCount - old, newCount - now));
      const { text: next } = this.#now;
      const kind = kindOf(next);
      if (kind === 'note') {
        this.#at++;
        continue;
      }
      const tooMany = (kind !== 'added' && old >= oldCount) || (kind !== 'removed' && now >= newCount);
      if (kind === null || tooMany) return failed(this.#missing(line, oldCount - old, newCount - now));
      lines.push({
        kind,
        // a context line may have lost its space
        text: next.startsWith('\t') ? next : next.slice(1),
        old: kind === 'added' ? null : oldStart + old++,
        new: kind === 'removed' ? null : newStart + now++,
      });
      this.#at++;
    }
    return ok({
      oldStart,
      oldCount,
      newStart,
      newCount,
      section,
      lines,
      line,
      ...touchedFunctions(section, lines),
    });
  }

  #missing(line: number, old: number, now: number): Problem {
    const more = (count: number, version: string) =>
      count > 0 ? [`${count} more ${count === 1 ? 'line' : 'lines'} of the ${version} version`] : [];
    const rest = [...more(old, 'old'), ...more(now, 'new')].join(' and ');
    const expected = `${rest} in the hunk that begins at line ${line}, each with a space, “+” or “-” before it`;
    if (this.#at >= this.#lines.length)
      return { at: { line: this.#lines.at(-1)?.lines[0] ?? 1 }, expected, found: 'the end of the text' };
    return this.#problem(expected, this.#shown());
  }

  get #now(): Carried {
    return this.#lines[this.#at] ?? { text: '', lines: [], shift: 0 };
  }

  #text(at: number): string {
    return this.#lines[at]?.text ?? '';
  }

  #problem(expected: string, found: string): Problem {
    const { lines, shift } = this.#now;
    const line = lines[0] ?? this.#lines.at(-1)?.lines[0] ?? 1;
    return { at: { line, column: shift + 1 }, expected, found };
  }

  #shown(): string {
    const { text } = this.#now;
    if (this.#at >= this.#lines.length) return 'the end of the text';
    if (text === '') return 'an empty line';
    return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
  }
}

const counted = ({ line, oldCount, newCount }: Hunk) =>
  `the hunk that begins at line ${line}, whose head counts ${oldCount} old and ${newCount} new`;

/** Returns the kind of a line of a hunk; `note` for “\ No newline at end of file”, null for no line of a hunk. */
function kindOf(text: string): PatchLine['kind'] | 'note' | null {
  // mailers drop the space of an empty line
  if (text === '' || text.startsWith(' ') || text.startsWith('\t')) return 'context';
  if (text.startsWith('+')) return 'added';
  if (text.startsWith('-')) return 'removed';
  return text.startsWith('\\') ? 'note' : null;
}

/** Returns the path of a line `--- a/x`, without the time that diff -u puts behind it. */
function pathIn(text: string): string {
  const [path = ''] = text.slice(4).split('\t');
  return withoutSide(path.replace(/ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*$/, '').trim());
}

/** Returns the paths of a line `diff --git a/x b/x`. */
function gitPaths(text: string): readonly [string, string] {
  const rest = text.slice('diff --git '.length).trim();
  const [, left = rest, right = rest] = /^("?a\/.*?"?) ("?b\/.*)$/.exec(rest) ?? [];
  return [withoutSide(left), withoutSide(right)];
}

function withoutSide(path: string): string {
  const bare = path.replace(/^"(.*)"$/, '$1');
  return bare === '/dev/null' ? bare : bare.replace(/^[a-z]\/(?=.)/, '');
}

/** Returns the headers before the first head of the diff; null without any. */
function mailOf(lines: readonly Carried[]): PatchMail | null {
  const end = lines.findIndex(({ text }) => isHead(text));
  const texts = lines.slice(0, Math.max(0, end)).map(({ text }) => text);
  const [subject, from, date] = ['subject', 'from', 'date'].map((name) => headerOf(texts, name));
  // the first line of a forwarded patch names its author, whom git am takes
  const [head = ''] = texts.slice(texts.indexOf('')).filter((text) => text !== '');
  const author = texts.includes('') ? headerOf([head], 'from') : null;
  // git show prints “Author:”
  const named = author ?? from ?? headerOf(texts, 'author');
  const mail = { subject: subject ?? null, author: named, date: date ?? null };
  return mail.subject === null && mail.author === null && mail.date === null ? null : mail;
}

/** Returns the text of a header; a long one goes on in lines that begin with a space. */
function headerOf(texts: readonly string[], name: string): string | null {
  const at = texts.findIndex((text) => text.toLowerCase().startsWith(`${name}: `));
  if (at < 0) return null;
  const more = texts.slice(at + 1);
  const end = more.findIndex((text) => !/^[ \t]\S/.test(text));
  const parts = [texts[at]?.slice(name.length + 2) ?? '', ...more.slice(0, end < 0 ? more.length : end)];
  return decodeWords(parts.map((part) => part.trim()).join(' '));
}

/** Decodes words such as `=?UTF-8?q?J=C3=B6rg?=` of a header (RFC 2047); leaves others as they are. */
function decodeWords(text: string): string {
  return text.replace(/(\?=) +(?==\?)/g, '$1').replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (whole, word: string) => {
    const percent = word
      .replaceAll('%', '%25')
      .replaceAll('_', ' ')
      .replace(/=([\dA-F]{2})/gi, '%$1');
    try {
      return decodeURIComponent(percent);
    } catch {
      // not UTF-8
      return whole;
    }
  });
}
