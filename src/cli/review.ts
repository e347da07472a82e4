// `irqscope review`: compares two kernels in the fixed list of searches of a review.

import { type Review, type ReviewScript, review } from '../explore/review/review.ts';
import type { Reviewed } from '../explore/review/reviewed.ts';
import { printWhich } from '../formats/c/which.ts';
import { printScript } from '../formats/notation/print.ts';
import { printMail } from '../formats/review/mail.ts';
import { scriptLine } from '../session/session.ts';
import { reviewFacts, reviewPair } from '../views/mail/ofReview.ts';
import { mailParts } from '../views/mail/parts.ts';
import { headline, reviewText, secondLine } from '../views/review/review.ts';
import { wrongUse } from './arguments.ts';
import { parseReview, type ReviewArguments } from './exploreArguments.ts';

/**
 * Reviews and prints the answers. Returns 0 for a complete review, 1 when a limit ended a search, and 2 for wrong use. `reviewer` makes
 * the review.
 */
export function reviewCommand(args: readonly string[], reviewer = reviewed): number {
  const parsed = parseReview(args);
  if (!parsed.ok) return wrongUse(parsed);
  const { a, b, form } = parsed.value;
  const made = reviewer(a, b);
  process.stdout.write(printed(made, form));
  return made.answers.some(({ ending }) => ending.verdict === 'bounded') ? 1 : 0;
}

function printed(made: Review, form: ReviewArguments['form']): string {
  switch (form) {
    case 'text':
      return reviewText(made, notation);
    case 'json':
      return reviewJson(made);
    case 'mail':
    case 'program': {
      const pair = reviewPair(made);
      if (pair === null) return `${made.names.join(' and ')}: ${headline(made)}.\n`;
      if (form === 'mail') return printMail(mailParts(pair), { checked: reviewFacts(made) });
      const kernels = pair.map((kernel, at) => ({ ...kernel, name: made.names[at] ?? '' }));
      return printWhich(pair[0], kernels, 'group').text;
    }
  }
}

function reviewed(a: Reviewed, b: Reviewed): Review {
  const steps = review(a, b);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Returns a script with the device of the first kernel, so that `replay` reads it. */
function notation({ devices, lines }: ReviewScript): string {
  return printScript({ device: devices[0], lines: lines.map(scriptLine) });
}

/** Returns the review as one object, with each script in notation. */
function reviewJson(made: Review): string {
  const answers = made.answers.map(({ ending, ...answer }) => {
    if (ending.verdict !== 'found') return { ...answer, ...ending };
    const { script, ...found } = ending;
    const { results, differences } = script;
    return { ...answer, ...found, script: notation(script), results, differences };
  });
  const costs = made.costs.map(({ line: _, ...row }) => row);
  const whole = { ...made, headline: headline(made), second: secondLine(made), answers, costs };
  return `${JSON.stringify(whole, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part), 2)}\n`;
}
