// Starts and cancels the review. It runs in a worker; cancelling ends the worker. A finished review is kept for its kernels.

import type { Review, ReviewProgress, ReviewScript } from '../../../explore/review/review.ts';
import { reviewedById } from '../../../explore/review/reviewed.ts';
import { printWhich } from '../../../formats/c/which.ts';
import { printScript } from '../../../formats/notation/print.ts';
import { printMail } from '../../../formats/review/mail.ts';
import { unreachable } from '../../../formats/review/reachable.ts';
import { scriptLine } from '../../../session/session.ts';
import { reviewFacts, reviewPair } from '../../../views/mail/ofReview.ts';
import { mailParts } from '../../../views/mail/parts.ts';
import { headline, reviewText } from '../../../views/review/review.ts';
import { type App, local, slice } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { hunkForMail } from '../../store/patch.ts';
import { type ReviewKernels, reviewSlice } from '../../store/review.ts';
import { searchWorkers } from '../../store/searchWorkers.ts';

/** The latest review. */
interface RunState {
  /** Its kernels; null before the first review. */
  readonly of: ReviewKernels | null;
  readonly progress: ReviewProgress | null;
  readonly review: Review | null;
  /** The reason for an end without a result. */
  readonly ended: 'cancelled' | { readonly wrong: string } | null;
}

/** The slice of the dialog. */
export const reviewRunSlice = slice<RunState>(() => ({
  of: null,
  progress: null,
  review: null,
  ended: null,
}));

/** Returns true while a review runs. */
export function isReviewing({ of, review, ended }: RunState): boolean {
  return of !== null && review === null && ended === null;
}

/** The values of an app that no pane shows. */
interface Held {
  /** Ends the running worker. */
  end: (() => void) | null;
}

const held = local<Held>(() => ({ end: null }));

/** Starts the review of the chosen kernels and cancels a running one. */
export function startReview(app: App): void {
  const my = app.local(held);
  my.end?.();
  const { a, b } = app.get(reviewSlice);
  app.set(reviewRunSlice, { of: { a, b }, progress: null, review: null, ended: null });
  const stop = app.local(searchWorkers).ask({ kind: 'review', a, b }, (reply) => {
    if (reply.kind === 'reviewing') {
      app.set(reviewRunSlice, { progress: reply });
      return;
    }
    my.end = null;
    if (reply.kind === 'review') {
      app.set(reviewRunSlice, { review: reply.review });
      app.set(labSlice, { announcement: `Review finished: ${headline(reply.review)}.` });
      return;
    }
    const wrong = reply.kind === 'wrong' ? reply.what : `unexpected reply ${reply.kind}`;
    app.set(reviewRunSlice, { ended: { wrong } });
  });
  my.end = () => {
    stop();
    my.end = null;
    app.set(reviewRunSlice, { ended: 'cancelled' });
  };
}

/** Starts the review of the chosen kernels unless it is there already, or a kernel is unknown. */
export function reviewChosen(app: App): void {
  const { a, b } = app.get(reviewSlice);
  const { of, review } = app.get(reviewRunSlice);
  if (reviewedById(a) === undefined || reviewedById(b) === undefined) return;
  if (review !== null && of?.a === a && of.b === b) return;
  startReview(app);
}

/** Cancels the running review, if there is one. */
export function cancelReview(app: App): void {
  app.local(held).end?.();
}

/** Returns a script in notation, with the device of kernel A. */
export function scriptText({ devices, lines }: ReviewScript): string {
  return printScript({ device: devices[0], lines: lines.map(scriptLine) }).trimEnd();
}

/** A text made of a review. */
export interface ReviewCopy {
  readonly label: string;
  /** The announcement after the text was copied. */
  readonly told: string;
  /** Returns the text; null for kernels that no script tells apart. */
  readonly make: (app: App, review: Review) => string | null;
}

/** The texts that the dialog copies. */
export const REVIEW_COPIES: readonly ReviewCopy[] = [
  {
    label: 'Copy as text',
    told: 'Copied the review as text.',
    make: (_, review) => reviewText(review, scriptText),
  },
  { label: 'Copy as mail', told: 'Copied the review as a mail.', make: reviewMail },
  {
    label: 'Copy as C program',
    told: 'Copied the program that tells the kernels apart.',
    make: (_, review) => reviewProgram(review),
  },
];

/** Returns the review as a mail, with the hunk that the patch panel quotes; a link that nobody else can open is left out. */
function reviewMail(app: App, review: Review): string | null {
  const pair = reviewPair(review);
  if (pair === null) return null;
  const link = window.location.href;
  const links = unreachable(link) === null ? [link] : [];
  return printMail(mailParts(pair), { checked: reviewFacts(review), hunk: hunkForMail(app), links });
}

/** Returns the program that prints on which of the two kernels it runs. */
function reviewProgram(review: Review): string | null {
  const pair = reviewPair(review);
  if (pair === null) return null;
  const kernels = pair.map((kernel, at) => ({ ...kernel, name: review.names[at] ?? '' }));
  return printWhich(pair[0], kernels, 'group').text;
}

/** Copies a text of the review and announces that. */
export async function copyReview(app: App, review: Review, { told, make }: ReviewCopy): Promise<void> {
  const text = make(app, review);
  if (text === null) {
    showProblem(app, { title: 'No script tells these kernels apart for a client or root.', details: [] });
  } else if (await app.services.copyText(text)) {
    app.set(labSlice, { announcement: told });
  } else {
    showProblem(app, { title: 'The browser blocks copying.', details: text.split('\n') });
  }
}
