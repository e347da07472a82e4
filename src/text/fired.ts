// The result of an interrupt that the device raised inside a line, in few words.

import type { Fired, Happening, LossCause, Run } from '../kernel/frame.ts';
import type { RaiseAt } from '../kernel/line.ts';
import { eventfdName } from './eventfds.ts';
import { reasonClause } from './reason.ts';

/** The causes of lost interrupts in words. */
export const LOSS_WORDS: Readonly<Record<LossCause, string>> = {
  disabled: 'no interrupt mode is enabled',
  'bus-master-off': 'bus mastering is off',
  'no-handler': 'no handler is installed',
  'message-wiped': 'its message was cleared',
  'eventfd-freed': 'its handler signals an eventfd that was freed (use after free)',
};

/** Returns when the device raises, for instance `after free_irq`, or `after free_irq #2` for the second call. */
export function whenText({ when, fn, nth }: RaiseAt): string {
  return `${when} ${fn}${nth === 1 ? '' : ` #${nth}`}`;
}

/** Returns the result, for instance `pending, then delivered to fd 11` or `lost: bus mastering is off`. */
export function fateText(run: Pick<Run, 'after' | 'happenings'>, fired: Fired): string {
  if (fired.refused !== null) return `not raised, because ${reasonClause(fired.refused)}`;
  const own = run.happenings.slice(fired.from, fired.end);
  const words = own.flatMap((one) => fateWords(run, one));
  const waits = own.find(({ kind }) => kind === 'pended' || kind === 'coalesced');
  const later = run.happenings
    .slice(fired.end)
    .find((one) => waits !== undefined && 'vector' in waits && isDelivery(one, waits.vector));
  if (later !== undefined) words.push(...fateWords(run, later).map((text) => `then ${text}`));
  return words.length === 0 ? 'no effect' : words.join(', ');
}

function isDelivery(one: Happening, vector: number): boolean {
  return (one.kind === 'delivered' || one.kind === 'lost') && one.vector === vector;
}

function fateWords({ after }: Pick<Run, 'after'>, one: Happening): readonly string[] {
  switch (one.kind) {
    case 'delivered':
      return [`delivered to ${eventfdName(after, one.ev)}`];
    case 'pended':
      return ['pending'];
    case 'coalesced':
      return ['coalesced with the pending interrupt'];
    case 'lost':
      return [`lost: ${LOSS_WORDS[one.cause]}`];
    default:
      return [];
  }
}

/** Returns one sentence per raise of a line, in the line’s order. */
export function firedSentences(run: Run, raises: readonly RaiseAt[]): readonly string[] {
  return raises.map((raise) => {
    const fired = run.fired?.find((one) => one.raise === raise);
    const fate = fired === undefined ? 'not raised, because the call does not occur' : fateText(run, fired);
    return `Vector ${raise.vector}, ${whenText(raise)}: ${fate}.`;
  });
}
