// Style rules of one pane do not reach elements of another: `.broken` of an error box once styled a wire of the wiring.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** The patterns of ui/shared.css, which elements of every pane have beside their own class. */
const PATTERNS = [
  'stack',
  'cluster',
  'bar',
  'flex',
  'tracks',
  'middle',
  'apart',
  'gap-4',
  'gap-6',
  'gap-8',
  'gap-12',
  'fill',
  'grow',
  'rest',
  'rigid',
  'slim',
  'low',
  'scroll',
  'cut',
  'anywhere',
  'framed',
  'line-above',
  'line-below',
  'mono',
  'small',
  'aside',
  'faint',
  'soft',
  'alarm',
];

/** By folder under src/app: the classes with which a pane's selectors may begin, alone or before a hyphen. Each has one folder. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  '.': ['primary', 'hidden', 'check', 'nothing'],
  shell: ['page', 'lab', 'left', 'pane', 'tabs', 'problem'],
  'shell/panes': ['sash'],
  'shell/sheets': ['help'],
  ui: [
    'linked',
    'completions',
    'tabs-of-view',
    'term',
    'citation',
    'policies',
    'predicate',
    'transport',
    'overlay',
    'palette',
    'sheet',
    'glossary',
    'qr-code',
    ...PATTERNS,
  ],
  'ui/script': ['script-scroll', 'script-list', 'script-row', 'script-line', 'state-mark'],
  'ui/timeline': ['timeline', 'minimap', 'swatch'],
  'ui/wiring': ['wiring'],
  'features/compare': ['compare'],
  'features/lab/composer': ['composer', 'choices', 'preview', 'bytes', 'operations', 'tag'],
  'features/docs': ['docs'],
  'features/embed': ['embed'],
  'features/explore': ['explore', 'atlas'],
  'features/review': ['review'],
  'features/start': ['start'],
  'features/start/tour': ['tour'],
  'features/import': ['import'],
  'features/patch': ['patch'],
  'features/learn': ['learn', 'lessons', 'scenarios'],
  'features/learn/class': ['worksheet', 'course', 'results', 'teach'],
  'features/learn/lesson': ['lesson', 'maker'],
  'features/learn/lesson/presenting': ['presenting', 'notes'],
  'features/lab/print': ['printed'],
  'features/lab/recording': ['recording'],
  'features/lab/script': ['script', 'notation'],
  'features/export': ['takeaway'],
  'features/lab/timeline': [
    'timeline-bar',
    'timeline-find',
    'timeline-table',
    'timeline-grid',
    'legend',
    'ledger',
  ],
  'shell/topbar': ['topbar', 'views', 'segments', 'menu', 'paste', 'probe', 'skip'],
  'features/lab/trace': ['trace', 'why'],
  'features/trust': ['trust'],
  'shell/update': ['update'],
  'features/lab/wiring': ['overview', 'ghosts', 'row-detail'],
  'shell/working': ['working'],
};

/** The frame: selectors that begin with one of these may place panes. */
const FRAME = ['page', 'lab'];

/** Building blocks of one folder that others refine. */
const SHARED = ['menu', 'row', 'segments', 'tag', 'timeline'];

interface Selector {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  /** Classes of the first compound, and of the whole selector. */
  readonly first: readonly string[];
  readonly all: readonly string[];
}

function filesOf(folder: string, end: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path, end);
    return path.endsWith(end) ? [path] : [];
  });
}

function classesOf(text: string): string[] {
  return [...text.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].map(([, name = '']) => name);
}

/** Splits at separators outside of brackets. */
function split(text: string, isSeparator: (character: string) => boolean): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('(['.includes(character)) depth++;
    if (')]'.includes(character)) depth--;
    if (depth === 0 && isSeparator(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Joins the selectors of a nested rule to those of the rule around it. */
function within(outer: readonly string[] | null, inner: readonly string[]): string[] {
  if (outer === null) return [...inner];
  return outer.flatMap((parent) =>
    inner.map((text) => (text.includes('&') ? text.replaceAll('&', parent) : `${parent} ${text}`)),
  );
}

/** Every complex selector of a style sheet, those of nested rules with the rule around them. */
function selectorsOf(css: string, file: string): Selector[] {
  const folder = dirname(file).replace(/^src\/app\/?/, '') || '.';
  const open: (string[] | null)[] = [];
  const found: string[] = [];
  for (const [, prelude = '', end] of css.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]*)([{};])/g)) {
    if (end === '}') open.pop();
    if (end !== '{') continue;
    const outer = open.at(-1) ?? null;
    const text = prelude.trim();
    if (/^(@|from$|to$|\d+%$)/.test(text)) {
      open.push(outer);
      continue;
    }
    const own = within(
      outer,
      split(text, (character) => character === ','),
    );
    open.push(own);
    found.push(...own);
  }
  return found.map((text) => {
    const [first = ''] = split(text, (character) => ' >+~\n'.includes(character));
    return { folder, file, text, first: classesOf(first), all: classesOf(text) };
  });
}

function rootsOf(folder: string): readonly string[] {
  return [...(ROOTS[folder] ?? []), ...FRAME];
}

/** The folder that a class belongs to by its name: the longest root that it is, or begins with before a hyphen; null for other names. */
function ownerOf(name: string): string | null {
  const found = Object.entries(ROOTS)
    .flatMap(([folder, roots]) => roots.map((root) => ({ folder, root })))
    .filter(({ root }) => name === root || name.startsWith(`${root}-`))
    .sort((a, b) => b.root.length - a.root.length);
  return found[0]?.folder ?? null;
}

/** Describes selectors that can match an element outside of their own folder's components. */
function leaks(selectors: readonly Selector[]): string[] {
  const styledIn = new Map<string, Set<string>>();
  for (const { all, folder } of selectors)
    for (const name of all) styledIn.set(name, (styledIn.get(name) ?? new Set()).add(folder));
  return selectors.flatMap(({ folder, file, text, first, all }) => {
    const roots = rootsOf(folder);
    const isOwn = (name: string) =>
      roots.includes(name) ||
      ownerOf(name) === folder ||
      (name.includes('-') && ownerOf(name) === null && styledIn.get(name)?.size === 1);
    const found: string[] = [];
    if (first.length > 0 && !first.some((name) => isOwn(name) || ownerOf(name) !== null))
      found.push(`${file}: "${text}" begins with no root class of its pane (${roots.join(', ')})`);
    const foreign = all.filter(
      (name) => (styledIn.get(name)?.size ?? 0) > 1 && !isOwn(name) && !SHARED.includes(name),
    );
    if (foreign.length > 0 && !all.some(isOwn) && !text.startsWith(':root '))
      found.push(`${file}: "${text}" styles .${foreign.join(', .')}, which other folders style as well`);
    return found;
  });
}

const files = filesOf('src/app', '.css');
const selectors = files.flatMap((file) => selectorsOf(readFileSync(file, 'utf8'), file));

test('a shared pattern is one class strong, and elements of more than one folder have it', () => {
  const shared = selectorsOf(readFileSync('src/app/ui/shared.css', 'utf8'), 'src/app/ui/shared.css');
  expect([...new Set(shared.map(({ text }) => text))].sort()).toEqual(
    PATTERNS.map((name) => `.${name}`).sort(),
  );
  const users = filesOf('src/app', '.tsx').map((path) => ({
    folder: dirname(path),
    words: new Set(readFileSync(path, 'utf8').match(/[\w-]+/g)),
  }));
  const lonely = PATTERNS.filter(
    (name) => new Set(users.filter(({ words }) => words.has(name)).map(({ folder }) => folder)).size < 2,
  );
  expect(lonely).toEqual([]);
});

test('each root class belongs to one folder', () => {
  const names = Object.values(ROOTS).flat();
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('the rule finds a state word that is styled by two panes', () => {
  const broken = selectorsOf('.broken { margin: 16px }', 'src/app/shell/layout.css');
  const wire = selectorsOf('.wire.broken { border: 0 }', 'src/app/ui/wiring/wiring.css');
  const scoped = selectorsOf('.wiring .broken, .wiring-row .wire { border: 0 }', 'src/app/ui/wiring/a.css');
  expect(leaks([...broken, ...wire])).toHaveLength(4);
  expect(leaks(scoped)).toEqual([]);
});

test('a nested rule counts with the selector around it', () => {
  const css =
    '.trace { > .row { p { margin: 0 } &:hover { margin: 0 } } @media print { .why & { margin: 0 } } }';
  expect(selectorsOf(css, 'src/app/features/lab/trace/a.css').map(({ text }) => text)).toEqual([
    '.trace',
    '.trace > .row',
    '.trace > .row p',
    '.trace > .row:hover',
    '.why .trace',
  ]);
});

test('no class is styled by two panes outside of their roots', () => {
  expect(files.length).toBeGreaterThan(30);
  expect(leaks(selectors)).toEqual([]);
});
