// The state of the wiring in words, below the rows.

import type { Machine } from '../../../machine/machine.ts';
import { captionOf } from '../../../views/wiring/caption.ts';

/** The caption of a machine. */
export function Caption({ machine }: { readonly machine: Machine }) {
  return <p className="wiring-caption small">{captionOf(machine)}</p>;
}
