// The export formats: one table that feeds the dialog. To add a format is to add a row.

import { grouped } from '../../../base/grouped.ts';
import { APART_FILE } from '../../../formats/c/apartExact.ts';
import type { Opening } from '../../../formats/c/apartShort.ts';
import { MOST_LINES, printProgram } from '../../../formats/c/program.ts';
import { noSelftest, printSelftest } from '../../../formats/c/selftest.ts';
import { noWhich, printWhich } from '../../../formats/c/which.ts';
import { EMBED_SIZE, embedSnippet } from '../../../formats/embed/snippet.ts';
import { MOST_MAILED, printMail } from '../../../formats/review/mail.ts';
import { unreachable } from '../../../formats/review/reachable.ts';
import { sessionText } from '../../../formats/session/print.ts';
import { replayWhole } from '../../../session/replay.ts';
import type { Session } from '../../../session/session.ts';
import { problemText } from '../../../text/problem.ts';
import { kernelNames } from '../../../views/mail/evidence.ts';
import { mailPair, mailParts } from '../../../views/mail/parts.ts';
import type { App } from '../../store/app.ts';
import { hunkForMail } from '../../store/patch.ts';
import { scriptTexts } from '../../store/saveScript.ts';
import { timelinePicture } from '../../ui/timeline/savePicture.ts';
import { inSlices } from '../../workers/slices.ts';
import { wiringPicture } from './wiringPicture.ts';

/** A session to export. */
export interface Taken {
  readonly session: Session;
  /** The address that opens it in any browser; null when the script is too long for one. */
  readonly link: string | null;
  /** The kernels to tell apart, each with the session's script; the session's own kernel is the first if it is one of them. */
  readonly kernels: readonly Session[];
}

/** An export, with a warning to show beside it; or the reason why there is none. */
export type Made =
  | { readonly kind: 'text'; readonly text: string; readonly warning?: string | null }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'picture'; readonly svg: string; readonly width: number; readonly height: number };

/** One export format. */
export interface TakeAwayKind {
  readonly id: string;
  readonly label: string;
  /** Its purpose, in one sentence. */
  readonly about: string;
  readonly file: string;
  /** The media type of the file; a picture of type `image/png` is drawn from its SVG. */
  readonly type: string;
  /** Returns the reason why a session cannot be exported in this format, or null. */
  readonly no?: (taken: Taken) => string | null;
  readonly make: (taken: Taken, app: App) => Made | Promise<Made>;
}

const text = (made: string) => ({ kind: 'text', text: made }) as const;

const longerThan =
  (most: number, what: string) =>
  ({ session: { script } }: Taken) =>
    script.length > most ? `The script has more than ${grouped(most)} lines: ${what}.` : null;

const noTimeline = ({ session }: Taken) =>
  session.script.length === 0 ? 'The script is empty, so the timeline is empty.' : null;

async function whole(work: Generator<number, string | readonly string[]>): Promise<Made> {
  const made = await inSlices(work, () => true);
  return text(typeof made === 'string' ? made : (made ?? []).join(''));
}

function mailOf({ kernels, link }: Taken, app: App): Made {
  const pair = mailPair(kernels);
  if (pair === null)
    return { kind: 'none', why: 'A mail is about two kernels: compare two kernels with this script.' };
  const why = link === null ? null : unreachable(link);
  const warning = why === null ? null : `${why} Delete the footnote, or open this page at a public address.`;
  return {
    ...text(printMail(mailParts(pair), { hunk: hunkForMail(app), links: link === null ? [] : [link] })),
    warning,
  };
}

/** Returns the program that tells the kernels apart. */
function whichOf({ session, kernels }: Taken, opening: Opening): Made {
  const why = noWhich(session, kernels.length);
  if (why !== null) return { kind: 'none', why };
  const names = kernelNames(kernels);
  const named = kernels.map((kernel, at) => ({ ...kernel, name: names[at] ?? '' }));
  const { text: made, tells, exact } = printWhich(session, named, opening);
  if (opening === 'iommufd' && exact !== null)
    return { kind: 'none', why: `${exact} Only the form with a group can send it.` };
  const warnings = {
    all: null,
    some: 'The program can tell apart some of these kernels, not all',
    none: 'No program can tell these kernels apart with this script',
  } as const;
  const warning = warnings[tells];
  return { ...text(made), warning: warning === null ? null : `${warning}: ${names.join(', ')}.` };
}

/** The frame with the first settings of the dialog “Embed in another page”. */
function frameOf({ session, link }: Taken): Made {
  const [page = '', fragment = ''] = (link ?? '').split('#');
  const wish = { play: true, theme: 'system', origin: null } as const;
  const made = embedSnippet({ ...wish, ...EMBED_SIZE, page, link: fragment, replayed: replayWhole(session) });
  return text(made.ok ? made.value : made.problems.map(problemText).join('\n'));
}

const WIRING = {
  make: ({ session }: Taken, app: App): Made => ({ kind: 'picture', ...wiringPicture(app, session) }),
};
const TIMELINE = {
  no: noTimeline,
  make: (_taken: Taken, app: App): Made => ({ kind: 'picture', ...timelinePicture(app) }),
};

/** Every format, in the order of the dialog. */
export const TAKE_AWAY: readonly TakeAwayKind[] = [
  {
    id: 'link',
    label: 'Link',
    about: 'The whole session as an address: device, kernel, script and cursor.',
    file: 'irqscope-link.txt',
    type: 'text/plain',
    no: ({ link }) => (link === null ? 'The script is too long for a link. Export a file instead.' : null),
    make: ({ link }) => text(`${link ?? ''}\n`),
  },
  {
    id: 'notation',
    label: 'Notation',
    about: 'The session as text, one operation per line. irqscope opens it again.',
    file: 'irqscope-script.txt',
    type: 'text/plain',
    make: ({ session }) => whole(scriptTexts(session)),
  },
  {
    id: 'json',
    label: 'JSON',
    about: 'The session with all facts of device and host, for programs. irqscope opens it again.',
    file: 'irqscope-session.json',
    type: 'application/json',
    make: ({ session }) => whole(sessionText(session)),
  },
  {
    id: 'embed',
    label: 'HTML frame',
    about:
      'HTML for another page: the script to step through, and the same as text. The command “Embed” has more options.',
    file: 'irqscope-embed.html',
    type: 'text/html',
    no: ({ link }) => {
      if (link === null) return 'A frame needs a link, and the script is too long for one.';
      return /^https?:/.test(link) ? null : 'A frame needs a page on a server, but this page is a file.';
    },
    make: frameOf,
  },
  {
    id: 'mail',
    label: 'Review mail',
    about:
      'What differs between two kernels, in at most 25 lines of 72 columns: claim, calls, the kernel’s calls, and how each fact was checked. Of several kernels: the lab’s and the first that differs from it.',
    file: 'irqscope-review.txt',
    type: 'text/plain',
    no: longerThan(MOST_MAILED, 'too long for a mail'),
    make: mailOf,
  },
  {
    id: 'program',
    label: 'C program',
    about:
      'Sends the same ioctls to a device bound to vfio-pci and checks every result. Before that it checks what the results presume of the kernel, host and device.',
    file: 'reproducer.c',
    type: 'text/x-c',
    no: longerThan(MOST_LINES, 'too long for a compiler'),
    make: ({ session }) => text(printProgram(session)),
  },
  {
    id: 'which',
    label: 'C: which kernel',
    about:
      'Sends the shortest part of the script on which the compared kernels differ, and prints the kernel that gives all of these answers. Reads msi_irqs or /proc/interrupts where only they differ.',
    file: `${APART_FILE}.c`,
    type: 'text/x-c',
    make: (taken) => whichOf(taken, 'group'),
  },
  {
    id: 'which-iommufd',
    label: 'C: which, iommufd',
    about: 'The same program with iommufd and the character device in place of group and container.',
    file: `${APART_FILE}.c`,
    type: 'text/x-c',
    make: (taken) => whichOf(taken, 'iommufd'),
  },
  {
    id: 'selftest',
    label: 'Kselftest fixture',
    about:
      'The same program as a FIXTURE and TEST_F of kselftest_harness.h, for tools/testing/selftests/vfio.',
    file: 'irqscope_irqs_test.c',
    type: 'text/x-c',
    no: ({ session }) => noSelftest(session),
    make: ({ session }) => text(printSelftest(session)),
  },
  {
    id: 'wiring-svg',
    label: 'Wiring, SVG',
    about: 'The wiring at the cursor, in the colours of the page.',
    file: 'irqscope-wiring.svg',
    type: 'image/svg+xml',
    ...WIRING,
  },
  {
    id: 'wiring-png',
    label: 'Wiring, PNG',
    about: 'The same picture as pixels, sharp enough for print.',
    file: 'irqscope-wiring.png',
    type: 'image/png',
    ...WIRING,
  },
  {
    id: 'timeline-svg',
    label: 'Timeline, SVG',
    about: 'The visible lines and lanes of the timeline.',
    file: 'irqscope-timeline.svg',
    type: 'image/svg+xml',
    ...TIMELINE,
  },
  {
    id: 'timeline-png',
    label: 'Timeline, PNG',
    about: 'The same picture as pixels, sharp enough for print.',
    file: 'irqscope-timeline.png',
    type: 'image/png',
    ...TIMELINE,
  },
];
