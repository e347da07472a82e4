// The list of keyboard shortcuts and marks.

import { keyText } from '../../../views/commands/keys.ts';
import { EXPLORE } from '../../features/explore/commands.ts';
import { SECTIONS } from '../../store/commands.ts';
import { CheckedButton } from '../../ui/CheckedButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { RARE } from '../commands/rare.ts';
import { COMMANDS } from '../commands/table.ts';

const MARKS = [
  ['attached', 'Linux irq requested, table entry unmasked, with an eventfd'],
  ['cached', 'irq allocated but not requested: hatched; the table entry is masked'],
  ['freed, failed', 'dashed; visible only at the line where it happens'],
  ['signal', 'an interrupt of this line has reached the eventfd'],
  ['pending', 'the device has raised a masked vector; delivery follows the unmask'],
  [
    'timeline',
    'ring: signal; square: signal without an interrupt (loopback trigger, or unmask of an asserted pin); diamond: pending, with a bar while it lasts; a diamond with a line: coalesced',
  ],
  [
    'timeline, failures',
    'cross: failed; crossed ring: lost; crossed square: freed by pci_msix_free_irq; dashed: the ioctl failed',
  ],
  [
    'timeline, corner',
    'a corner: the vector has a new irq number; a triangle above an operation: injected faults; a flash: the device raises an interrupt inside the line',
  ],
  [
    'timeline, wheel',
    'scrolls the lanes, or zooms if all lanes fit; Ctrl and the wheel zoom, Shift and the wheel move',
  ],
  ['timeline, Shift drag', 'marks a range of lines; two fingers zoom'],
  ['would …', 'a row with a dashed frame: the effect of the composed ioctl'],
  ['ring, disc', 'mask bit of the entry: a ring is unmasked, a disc is masked'],
] as const;

/** The list. The palette also contains the commands without a key. */
export function KeysSheet() {
  return (
    <Dialog name="Keyboard shortcuts" className="sheet">
      {(close) => (
        <>
          <header>
            <h2>Keyboard shortcuts</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <p>
            The palette (Ctrl K) lists every command, lesson and scenario. Ctrl is ⌘ on a Mac. In a group of
            choices ↑ and ↓ choose, and ← and → still move through time. <CheckedButton close={close} />
          </p>
          <div className="sheet-sections scroll" role="group" aria-label="Commands" tabIndex={0}>
            {SECTIONS.map((section) => (
              <section key={section} aria-label={section}>
                <h3>{section}</h3>
                <dl>
                  {[...COMMANDS, ...EXPLORE, ...RARE]
                    .filter((command) => command.section === section)
                    .map(({ id, title, keys }) =>
                      keys === undefined ? null : (
                        <div key={id}>
                          <dt>
                            {keys.map((key) => (
                              <kbd key={key}>{keyText(key)}</kbd>
                            ))}
                          </dt>
                          <dd>{title}</dd>
                        </div>
                      ),
                    )}
                  {section === 'Compose' && (
                    <div>
                      <dt>
                        <kbd>Shift ↑</kbd>
                        <kbd>Shift ↓</kbd>
                      </dt>
                      <dd>Choose a range of vectors in the wiring</dd>
                    </div>
                  )}
                </dl>
              </section>
            ))}
            <section aria-label="Marks">
              <h3>Marks</h3>
              <dl>
                {MARKS.map(([mark, meaning]) => (
                  <div key={mark}>
                    <dt>{mark}</dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </>
      )}
    </Dialog>
  );
}
