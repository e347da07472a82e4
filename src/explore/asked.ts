// The compared facts of two kernels as texts and numbers: equal exactly where a question about a difference sees none.

import type { Happening } from '../kernel/frame.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { INDEX_NAMES } from '../uapi/vfio.ts';
import { type History, NO_HISTORY } from './effects.ts';
import { rootHistory, rootSeesGlobals, rootSeesStep, rootSeesVector } from './hostView.ts';
import type { Difference } from './questions.ts';
import type { Globals, VectorState } from './state.ts';

/** Numbers for texts. Equal texts of both kernels get the same number. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  /** Returns the number of a text. */
  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** Returns the compared facts of a step as text; empty for a difference of states. */
export function shownByStep(difference: Difference, { run }: Step): string {
  if (difference === 'host') return rootSeesStep(run);
  const { ret, errno, out, happenings } = run;
  const result = errno === null ? `returns ${ret}` : `fails with ${errno}`;
  if (difference === 'return') return result;
  if (difference !== 'client') return '';
  const signals = signalled(happenings);
  const put = out === null ? [] : Object.entries(out).map(([name, value]) => `${name} ${value}`);
  const sent = signals.length === 0 ? [] : [`signals eventfd ${signals.join(', ')}`];
  return [result, ...put, ...sent].join(', ');
}

/** Returns the signalled eventfds: a client sees the number of signals of each, and neither their order nor their source. */
function signalled(happenings: readonly Happening[]): readonly number[] {
  return happenings.flatMap((event) => (event.kind === 'signal' ? [event.ev] : [])).sort((a, b) => a - b);
}

/** Returns the facts of happenings on which `shownByStep` depends. */
export function historyOf(difference: Difference): History {
  if (difference === 'client') return (before) => signalled(before).join(',');
  return difference === 'host' ? rootHistory : NO_HISTORY;
}

/** Returns the compared facts of a vector as text; empty where only steps are compared. */
export function shownByVector(difference: Difference, state: VectorState): string {
  if (difference === 'client' || difference === 'return') return '';
  if (difference === 'host') return rootSeesVector(state);
  const { allocated, handler, resend, ctx, masked, pending } = state;
  const attached = ctx?.trigger ?? null;
  if (difference === 'attached') return attached === null ? 'detached' : `attached to eventfd ${attached}`;
  const words = [
    allocated ? 'allocated' : 'no irq',
    ...(attached === null ? [] : [`attached to eventfd ${attached}`]),
    ...(handler === attached ? [] : [handler === null ? 'no handler' : `handler for eventfd ${handler}`]),
    ...(masked ? [] : ['unmasked']),
    ...(pending ? ['pending'] : []),
    ...(resend ? ['to be sent again'] : []),
  ];
  return words.join(', ');
}

/** Returns the compared facts of the other parts of a machine as text. */
export function shownByGlobals(difference: Difference, globals: Globals): string {
  const { vdev, pci, domain, openCount } = globals;
  if (difference === 'client' || difference === 'return') return '';
  if (difference === 'host') return rootSeesGlobals(globals);
  const { intx, err_trigger, req_trigger, irq_type, virq_disabled } = vdev;
  if (difference === 'attached') {
    return `INTx ${intx?.trigger ?? 'none'}, ERR ${err_trigger ?? 'none'}, REQ ${req_trigger ?? 'none'}`;
  }
  const { msixEnabled, msixFunctionMask, command, pinAsserted, msi } = pci;
  return [
    `${openCount === 0 ? 'closed' : openCount === 1 ? 'open' : `open ${openCount} times`}, mode ${INDEX_NAMES[irq_type] ?? 'none'}, irq domain ${domain.mode ?? 'none'}`,
    `MSI-X ${msixEnabled ? 'on' : 'off'}${msixFunctionMask ? ' and masked' : ''}`,
    `MSI ${msi.enabled ? 'on' : 'off'}, masks ${msi.mask}, pending ${msi.pending}`,
    `command ${command}, pin ${pinAsserted ? 'up' : 'down'}, virtual INTx ${virq_disabled ? 'off' : 'on'}`,
    `INTx ${intx?.trigger ?? 'none'} ${intx?.unmask ?? 'none'} ${intx?.masked === true ? 'masked' : ''}`,
    `ERR ${err_trigger ?? 'none'}, REQ ${req_trigger ?? 'none'}`,
  ].join('; ');
}
