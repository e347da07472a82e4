// Every citation in the repository resolves: sections and facts of docs/, recordings and their steps. No text cites a
// document that a reader of the repository does not have.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readDocs } from '../../build/docs.ts';
import { findSection } from '../../src/formats/docs/docs.ts';
import { CHECKS } from '../../src/kernel/checks.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import { citedParts, type DocId, type DocPlace, docId } from '../../src/views/docs/citations.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { GLOSSARY } from '../../src/views/words/glossary.ts';

const top = fileURLToPath(new URL('../../', import.meta.url));

const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: top,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) =>
    /^(src|test|docs|public|build)\/|^[A-Z]+\.md$|^(index\.html|vite\.config\.ts)$/.test(path),
  )
  .filter((path) => /\.(ts|tsx|mjs|md|css|html|c|h|bt|json)$/.test(path))
  // the patterns and examples of these tests are not citations
  .filter((path) => !path.startsWith('test/docs/') && existsSync(join(top, path)));

/** A line of a text file. A citation that a line break splits is found too, because each line is joined with the next. */
interface Line {
  readonly place: string;
  readonly text: string;
  readonly joined: string;
  readonly home: DocId | null;
  readonly isDoc: boolean;
}

const lines: readonly Line[] = paths.flatMap((path) => {
  const isDoc = path.startsWith('docs/');
  // the index explains the grammar and has no numbers of its own
  const home = isDoc && path !== 'docs/README.md' ? docId(basename(path, '.md')) : null;
  const all = readFileSync(join(top, path), 'utf8').split('\n');
  return all.map((text, at) => ({
    place: `${path}:${at + 1}`,
    isDoc,
    text,
    // without the marks of comments at the start of the next line
    joined: `${text.trimEnd()} ${(all[at + 1] ?? '').replace(/^\s*(\/\/|\*|-)?\s*/, '')}`,
    home,
  }));
});

const { docs } = readDocs(join(top, 'docs'));

/** Returns whether the documents have the place. */
function exists({ doc, section }: DocPlace): boolean {
  const found = docs.find(({ id }) => id === doc);
  return found !== undefined && (section === null || findSection(found, section) !== undefined);
}

/** The citations that begin in a line. */
function citationsOf({ text, joined, home }: Line): { readonly text: string; readonly place: DocPlace }[] {
  return citedParts(joined, home).flatMap((part) =>
    part.place === null || part.at >= text.length ? [] : [{ text: part.text, place: part.place }],
  );
}

/** A section of a document that the text does not name. */
const UNCITED = /(?<!PCI )\bspecification\b|(?<!docs\/\w+\.md )(?<!(?:,| and| to) )§/;

describe('citations of docs/', () => {
  test('resolve to a section', () => {
    const wrong = lines.flatMap((line) =>
      citationsOf(line)
        .filter(({ place }) => !exists(place))
        .map(({ text }) => `${line.place}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  test('name an existing document and give the number its form', () => {
    const wrong = lines.flatMap(({ place, text }) => {
      const unknown = [...text.matchAll(/\bdocs\/([\w-]+)\.md/g)]
        .filter(([, name = '']) => docId(name) === null && name !== 'NAME')
        .map(([all]) => `${place}: ${all}`);
      const form = [
        ...text.matchAll(/\bdocs\/(driver|clients|scenarios)\.md,? (?:section )?\d|\bdocs\/facts\.md §/g),
      ];
      return [...unknown, ...form.map(([all]) => `${place}: ${all}`)];
    });
    expect(wrong).toEqual([]);
  });

  test('name an existing row of the tables of differences and invariants', () => {
    const rows = new Map(
      ['13', '18.6', '14', '18.8'].map((section) => {
        const blocks = docs
          .find(({ id }) => id === 'driver')
          ?.sections.find(({ id }) => id === section)?.blocks;
        return [section, JSON.stringify(blocks)] as const;
      }),
    );
    const wrong = lines.flatMap(({ place, joined }) =>
      [...joined.matchAll(/docs\/driver\.md §(13|18\.6|14|18\.8),? (?:rows? )?([DI]\d+'?)/g)]
        .filter(([, section = '', row]) => rows.get(section)?.includes(`"${row}`) !== true)
        .map(([all]) => `${place}: ${all}`),
    );
    expect(wrong).toEqual([]);
  });

  test('exist: sources, code and lessons cite the documents', () => {
    const cited = lines.flatMap((line) => (line.isDoc ? [] : citationsOf(line)));
    expect(cited.length).toBeGreaterThan(60);
  });

  // texts that are composed at run time
  const composed = {
    checks: Object.values(CHECKS).map(({ section }) => `docs/driver.md §${section}`),
    'kernel functions': Object.values(FUNCTION_WORDS),
    'the glossary': GLOSSARY,
    lessons: LESSONS.flatMap(({ steps }) => steps.map(({ source }) => source)),
    scenarios: scenarios().map(({ source }) => source),
  };
  test.each(Object.entries(composed))('of %s resolve', (_, sources) => {
    const texts = sources.map((source) => JSON.stringify(source));
    const places = texts.flatMap((text) => citedParts(text).filter(({ place }) => place !== null));
    expect(places.filter(({ place }) => place !== null && !exists(place))).toEqual([]);
    expect(texts.filter((text) => UNCITED.test(text))).toEqual([]);
  });
});

describe('documents outside of the repository', () => {
  test.each([
    ['a specification other than one of PCI', /(?<!PCI |PCIe |PCI Express )\b[Ss]pecification\b/],
    ['an abbreviated specification', /\b[Ss]pec(?:s)?(?:\.|:)? (?:§|sections?\b|\d)|; spec §|\bSpec: /],
    ['capitalised facts', /\bFACTS?(?:\.md)? N?\d|\bFACTS\.md\b/],
    ['the old format document', /\bFORMAT\.md\b/],
    ['the old list of facts about other kernels', /\bNEWER\.md\b/],
    ['the old client document', /\bqemu-client\b/],
    ['the old driver document', /\bvfio-irqs\.md\b/],
    ['scenarios without docs/', /(?<!docs\/)\bscenarios\.md\b/],
  ])('are not cited: %s', (_, pattern) => {
    const found = lines
      .filter(({ isDoc, text }) => !isDoc && pattern.test(text))
      .map(({ place, text }) => `${place}: ${text.trim().slice(0, 140)}`);
    expect(found).toEqual([]);
  });
});

const recordings = join(top, 'test/recordings');
const folders = readdirSync(recordings, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isDirectory())
  .map(({ parentPath, name }) => join(parentPath, name).slice(recordings.length + 1));

/** Reads the number of steps of a recording; null without such a recording. */
function stepsOf(folder: string, name: string): number | null {
  for (const end of ['.jsonl.gz', '.jsonl']) {
    const path = join(recordings, folder, `${name}${end}`);
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    const text = end.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
    return text.split('\n').filter((line) => line.startsWith('{"type":"step"')).length;
  }
  return null;
}

const counted = new Map<string, number | null>();

/** The most steps of the recordings of that name, in one folder or in all; null without any. */
function steps(folder: string | null, name: string): number | null {
  const key = `${folder ?? ''}/${name}`;
  const known = counted.get(key);
  if (known !== undefined) return known;
  const found = (folder === null ? folders : [folder]).flatMap((one) => stepsOf(one, name) ?? []);
  const most = found.length === 0 ? null : Math.max(...found);
  counted.set(key, most);
  return most;
}

describe('cited recordings', () => {
  const cited = lines.flatMap(({ place, text }) =>
    [...text.matchAll(/`(?:([\w./-]+)\/)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:@[a-z0-9-]+)?)#(\d+)`/g)].map(
      ([all, folder = null, name = '', step]) => ({ place, all, folder, name, step: Number(step) }),
    ),
  );

  test('are in the repository and have the step', () => {
    const wrong = cited
      .filter(({ folder, name, step }) => (steps(folder, name) ?? 0) <= step)
      .map(({ place, all }) => `${place}: ${all}`);
    expect(wrong).toEqual([]);
    expect(cited.length).toBeGreaterThan(150);
  });
});
