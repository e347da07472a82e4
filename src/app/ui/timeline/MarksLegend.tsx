// The meaning of every mark of the wiring and the timeline, beside its picture.

import { Swatch, type SwatchName } from './Swatch.tsx';

const MARKS: readonly (readonly [SwatchName | null, string, string])[] = [
  ['attached', 'attached', 'Linux irq requested, table entry unmasked, with an eventfd'],
  ['cached', 'cached', 'irq allocated but not requested; the table entry is masked'],
  ['unmasked', 'unmasked', 'mask bit of the entry is clear'],
  ['masked', 'masked', 'mask bit of the entry is set'],
  ['signal', 'signal', 'an interrupt of this line has reached the eventfd'],
  [
    'loopback',
    'signal without an interrupt',
    'loopback trigger, or unmask of an asserted pin: SET_IRQS signals the eventfd',
  ],
  [
    'pending',
    'pending',
    'the device has raised a masked vector; delivery follows the unmask; a bar shows how long',
  ],
  ['coalesced', 'coalesced', 'raised again while pending'],
  ['lost', 'lost', 'no eventfd gets the interrupt'],
  ['failed', 'failed', 'the assignment of this vector failed'],
  ['freed', 'freed', 'pci_msix_free_irq has freed the irq; in the wiring dashed, at this line only'],
  ['failed line', 'failed ioctl', 'the line returned an errno'],
  ['teardown', 'pci_free_irq_vectors', 'every irq of the device is freed'],
  [null, 'corner', 'the vector has a new irq number'],
  [null, 'triangle', 'injected faults, above the operation'],
  [null, 'flash', 'the device raises an interrupt inside the line'],
  [null, 'would …', 'a row with a dashed frame: the effect of the composed ioctl'],
];

/** The marks with their pictures and meanings. */
export function MarksLegend() {
  return (
    <dl>
      {MARKS.map(([of, name, meaning]) => (
        <div key={name}>
          <dt>
            {of !== null && <Swatch of={of} />}
            <span>{name}</span>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
