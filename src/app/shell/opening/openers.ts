// Everything that the page opens, in one table: each kind is recognised by the beginning of a fragment of the address, or by the
// beginning of a text (a chosen, dropped or pasted file). A new kind needs an entry here and nothing else. The readers are loaded
// on demand.

import type { App } from '../../store/app.ts';
import { openPlace, PLACE_FRAGMENTS } from '../../store/places.ts';
import { VIEW_FRAGMENT, VIEW_IDS, viewOfFragment, viewSlice } from '../../store/view.ts';
import { openKept, openSessionLink } from './openLink.ts';

/** The address from which a fragment is opened. */
export interface AddressNow {
  /** The page has no edits yet. */
  readonly first: boolean;
  /** Makes the next edit rewrite the browser's present entry, so that Back leads to the page before the link. */
  readonly takeEntry: () => void;
}

/** What became of a fragment. `later`: it is being read, and its own edit changes the address. */
export type Opened = 'opened' | 'refused' | 'later';

/** A chosen, dropped or pasted file of which the beginning is read. */
export interface OpenedFile {
  readonly file: File;
  /** The beginning of its text, unpacked. */
  readonly head: string;
  /** False once another opening, or a person, has replaced this one. */
  readonly isWanted: () => boolean;
}

/** A kind of thing that the page opens. */
interface Opener {
  readonly id: string;
  readonly fragment?: {
    /** Matches the fragment, with `#`. */
    readonly begins: RegExp;
    /** For the message about an unreadable fragment. */
    readonly form: string;
    readonly open: (app: App, hash: string, now: AddressNow) => Opened;
  };
  readonly text?: {
    /** Matches the beginning of the text. */
    readonly begins: RegExp;
    readonly open: (app: App, read: OpenedFile) => Promise<void>;
  };
}

const BOM = '\\uFEFF?\\s*';

/** The kinds; the first match opens. */
const OPENERS: readonly Opener[] = [
  {
    id: 'lesson',
    fragment: {
      begins: /^#(lesson=|course=[^&]*&lesson=)/,
      form: '#lesson=…',
      open: (app, hash, { takeEntry }) => {
        void lessonFiles().then(({ openLessonLink }) => openLessonLink(app, hash.slice(1), takeEntry));
        return 'later';
      },
    },
    text: {
      begins: new RegExp(`^${BOM}\\{\\s*"irqscope"\\s*:\\s*"(lesson|progress|course|results)"`),
      open: async (app, { file }) => (await lessonFiles()).openLessonText(app, file.name, await file.text()),
    },
  },
  {
    id: 'sheet',
    fragment: {
      begins: new RegExp(`^#(${PLACE_FRAGMENTS.join('|')})(=|$)`),
      form: PLACE_FRAGMENTS.map((prefix) => `#${prefix}`).join(', '),
      open: (app, hash) => (openPlace(app, hash) ? 'opened' : 'refused'),
    },
  },
  {
    id: 'view',
    fragment: {
      begins: VIEW_FRAGMENT,
      form: `${VIEW_IDS.map((id) => `#${id}`).join(', ')}, #explore=… (a search), #learn=… (a tab), #course=… (a course)`,
      open: (app, hash) => {
        const own = viewOfFragment(hash);
        if (own !== null) app.set(viewSlice, own);
        return own === null ? 'refused' : 'opened';
      },
    },
  },
  {
    id: 'scenario',
    fragment: {
      begins: /^#(scenario|compare)=/,
      form: '#scenario=… and #compare=… (a scenario)',
      open: (app, hash, { takeEntry }) => {
        void import('./openScenarioLink.ts').then(({ openScenarioLink }) =>
          openScenarioLink(app, hash, takeEntry),
        );
        return 'later';
      },
    },
  },
  {
    id: 'kept session',
    fragment: {
      begins: /^#kept=[^.]+\.\d{1,9}$/,
      form: '#kept=…',
      open: (app, hash, { first }) => (openKept(app, hash, first) ? 'opened' : 'refused'),
    },
  },
  {
    id: 'session',
    fragment: {
      // also damaged and unknown fragments, whose problems it names
      begins: /^#/,
      form: '#v2=… (a session)',
      open: (app, hash, { first }) => (openSessionLink(app, hash, first, forms()) ? 'opened' : 'refused'),
    },
    text: {
      begins: new RegExp(`^${BOM}\\{\\s*"irqscope"\\s*:\\s*"session"`),
      open: async (app, { file }) =>
        (await import('./openSession.ts')).openSessionText(app, file.name, await file.text()),
    },
  },
  {
    id: 'link',
    text: {
      begins: new RegExp(
        `^\\s*\\S*#(v\\d|kept=|lesson=|course=|scenario=|${[...VIEW_IDS, ...PLACE_FRAGMENTS].join('|')})\\S*\\s*$`,
      ),
      open: async (_app, { file }) => followLink(await file.text()),
    },
  },
  {
    id: 'patch',
    text: {
      // the name of a source file in the head of a diff, also behind marks; the diff of two traces is imported
      begins: /^.{0,40}(?:---|\+\+\+) \S{1,300}(?:\.[chS]|\.rst?|Kconfig|Makefile)\b/m,
      open: async (app, read) => {
        const { openPatch } = await import('../../features/patch/openPatch.ts');
        if (!(await openPatch(app, read))) await openImport(app, read);
      },
    },
  },
  {
    id: 'trace, recording or notation',
    text: {
      begins: /^/,
      open: openImport,
    },
  },
];

async function openImport(app: App, read: OpenedFile): Promise<void> {
  await (await importers()).openImport(app, read);
}

/** Fetches what imports traces, recordings and scripts. */
export const importers = () => import('../../features/import/imports.ts');

const lessonFiles = () => import('../../features/learn/lessonFiles.ts');

/** Returns every form of a fragment that the page opens, for a message. */
function forms(): string {
  return OPENERS.flatMap(({ fragment }) => fragment?.form ?? []).join(', ');
}

/** Makes the browser follow the fragment of a pasted link; the address opens it. */
function followLink(text: string): void {
  const [, fragment = ''] = /#(\S+)/.exec(text) ?? [];
  window.location.hash = fragment;
}

/** Opens a fragment of the address, with `#`. */
export function openFragment(app: App, hash: string, now: AddressNow): Opened {
  const opener = OPENERS.find(({ fragment }) => fragment?.begins.test(hash) === true);
  return opener?.fragment?.open(app, hash, now) ?? 'refused';
}

/** Opens a file whose beginning is read. */
export async function openText(app: App, read: OpenedFile): Promise<void> {
  await OPENERS.find(({ text }) => text?.begins.test(read.head) === true)?.text?.open(app, read);
}
