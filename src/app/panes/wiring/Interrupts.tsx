// The host's list of this device's irqs, folded away until it is wanted.

import type { Machine } from '../../../machine/machine.ts';
import { interruptLines } from '../../../views/wiring/interrupts.ts';

/** Irqs shown before the list says that there are more. */
const SHOWN = 64;

/** /proc/interrupts, and the irqs that it leaves out because nobody has requested them. */
export function Interrupts({ machine }: { readonly machine: Machine }) {
  const lines = interruptLines(machine);
  const requested = lines.filter(({ name }) => name !== null);
  const cached = lines.length - requested.length;
  return (
    <details>
      <summary>
        /proc/interrupts: {requested.length} requested{cached > 0 ? `, ${cached} more allocated` : ''}
      </summary>
      <pre>
        {lines
          .slice(0, SHOWN)
          .map(({ irq, chip, name }) => `${String(irq).padStart(4)}:  ${chip}  ${name ?? '(not requested)'}`)
          .join('\n')}
        {lines.length > SHOWN ? `\n … ${lines.length - SHOWN} more` : ''}
      </pre>
    </details>
  );
}
