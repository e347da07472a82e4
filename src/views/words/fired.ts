// What became of an interrupt that the device raised inside a line, in few words.

import { CHECKS } from '../../kernel/checks.ts';
import type { Fired, Happening, LossCause, Run } from '../../kernel/frame.ts';
import type { RaiseAt } from '../../kernel/line.ts';
import { eventfdName } from '../wiring/eventfds.ts';

/** Why nobody got an interrupt. */
export const LOSS_WORDS: Readonly<Record<LossCause, string>> = {
  disabled: 'no interrupt mode is enabled',
  'bus-master-off': 'bus mastering is off',
  'no-handler': 'no handler is installed',
  'message-wiped': 'the table entry holds no message',
};

/** When the device fires, for instance `after free_irq`; the second call of a function is `after free_irq #2`. */
export function whenText({ when, fn, nth }: RaiseAt): string {
  return `${when} ${fn}${nth === 1 ? '' : ` #${nth}`}`;
}

/** What became of it, for instance `pending, then delivered to fd 11` or `lost: bus mastering is off`. */
export function fateText(run: Pick<Run, 'after' | 'happenings'>, fired: Fired): string {
  if (fired.refused !== null) return `nothing: ${lowerFirst(CHECKS[fired.refused].why)}`.replace(/\.$/, '');
  const own = run.happenings.slice(fired.from, fired.end);
  const words = own.flatMap((one) => fateWords(run, one));
  const waits = own.find(({ kind }) => kind === 'pended' || kind === 'coalesced');
  const later = run.happenings
    .slice(fired.end)
    .find((one) => waits !== undefined && 'vector' in waits && isDelivery(one, waits.vector));
  if (later !== undefined) words.push(...fateWords(run, later).map((text) => `then ${text}`));
  return words.length === 0 ? 'nothing comes of it' : words.join(', ');
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
      return ['pending already: the two become one'];
    case 'lost':
      return [`lost: ${LOSS_WORDS[one.cause]}`];
    default:
      return [];
  }
}

/** Every raise of a line with what became of it, in the order in which the line names them. */
export function firedSentences(run: Run, raises: readonly RaiseAt[]): readonly string[] {
  return raises.map((raise) => {
    const fired = run.fired?.find((one) => one.raise === raise);
    const fate =
      fired === undefined ? 'does not fire: there is no such call' : `fires: ${fateText(run, fired)}`;
    return `Vector ${raise.vector} ${whenText(raise)} ${fate}.`;
  });
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
