// Finds the entries of the palette: commands, lessons, scenarios, terms, and a line of notation.

import { parseLine } from '../../../formats/notation/parse.ts';
import { LESSONS } from '../../../lessons/index.ts';
import { scenarios } from '../../../lessons/scenarios/index.ts';
import { fuzzyFind, isWholeWord } from '../../../views/commands/fuzzy.ts';
import { GLOSSARY, termOf } from '../../../views/words/glossary.ts';
import { EXPLORE } from '../../features/explore/commands.ts';
import { learning } from '../../features/learn/lessonLoading.ts';
import type { App } from '../../store/app.ts';
import { type Command, isEnabled } from '../../store/commands.ts';
import { runLine } from '../../store/lab.ts';
import { openGlossary } from '../../store/term.ts';
import { openView, setOwnFragment } from '../../store/view.ts';
import { RARE } from './rare.ts';
import { COMMANDS } from './table.ts';

/** Most terms of the glossary in one result. */
const TERMS = 5;

/** An entry of the palette. */
export type Item = Omit<Command, 'section'> & { readonly section: string };

/** Words that find a command besides its title. */
const ALSO: Readonly<Record<string, string>> = {
  'view.keys': 'keys, help',
  'view.start': 'welcome, first visit, begin',
  'view.trust': 'trust, what is checked, recordings, figures, conformance',
  'view.lab': 'view',
  'view.explore': 'view, model checker, atlas',
  'view.theme': 'dark mode, light mode',
  'compare.open': 'view',
  'lessons.open': 'view, learn, tutorial',
  'lessons.scenarios': 'view, library, examples',
  'script.takeAway': 'save, share, download, take away',
  'recording.file': 'import, trace, strace, recording',
  'view.print': 'paper, PDF',
};

/** Every command; the palette does not list itself. */
export const ALL_COMMANDS: readonly Command[] = [...COMMANDS, ...EXPLORE, ...RARE];

/** Lessons and scenarios, each opened by choosing it. */
const LIBRARY: readonly Item[] = [
  ...LESSONS.map((lesson) => ({
    id: `lesson:${lesson.id}`,
    section: 'Lesson',
    title: `Lesson: ${lesson.title}`,
    run: (app: App) => void learning().then(({ openLesson }) => openLesson(app, lesson)),
  })),
  ...scenarios().map((scenario) => ({
    id: `scenario:${scenario.id}`,
    section: 'Scenario',
    title: `Scenario ${scenario.id}: ${scenario.title}`,
    run: (app: App) =>
      void import('../../store/scenarios.ts').then(({ openScenario }) => openScenario(app, scenario)),
  })),
  {
    id: 'lessons.list',
    section: 'Lesson',
    title: 'List of lessons',
    run: (app: App) => {
      openView(app, 'learn');
      setOwnFragment(app, 'learn=lessons');
    },
  },
];

/** The terms whose names contain the query, the shortest first; choosing one opens the glossary there. */
function findTerms(query: string): readonly Item[] {
  const wanted = query.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const length = (words: readonly string[]) =>
    Math.min(...words.filter((word) => word.toLowerCase().includes(wanted)).map((word) => word.length));
  return GLOSSARY.map(({ term, also, text }) => ({ term, text, length: length([term, ...also]) }))
    .filter((one) => one.length < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.length - b.length)
    .slice(0, TERMS)
    .map(({ term, text }) => ({
      id: `term.${term}`,
      section: 'Glossary',
      title: `${term}: ${text}`,
      run: (app: App) => openGlossary(app, term),
    }));
}

/** Returns the entries for a query, the best first. */
export function findItems(app: App, query: string): readonly Item[] {
  const offered = [
    ...ALL_COMMANDS.filter((command) => command.id !== 'view.palette' && isEnabled(app, command)),
    ...LIBRARY,
  ];
  const found: readonly Item[] = fuzzyFind(query, offered, ({ id, title }) => [title, ALSO[id] ?? '']);
  const parsed = query.trim() === '' ? null : parseLine(query);
  if (parsed?.ok === true) {
    const { line } = parsed.value;
    const title = `Run line: ${query.trim()}`;
    return [{ id: 'typed', section: 'Compose', title, run: (app: App) => runLine(app, line) }, ...found];
  }
  // a term comes first unless a title contains it as a word
  const isTerm = termOf(query.trim().toLowerCase()) !== null;
  const named = found.some(({ title }) => isWholeWord(query, title));
  return isTerm && !named ? [...findTerms(query), ...found] : [...found, ...findTerms(query)];
}
