// The sheet of keys, with what the marks mean.

import { keyText } from '../../views/commands/keys.ts';
import { CheckedButton } from '../parts/CheckedButton.tsx';
import { useOffline } from '../state/offline.ts';
import { SECTIONS } from './command.ts';
import { Dialog } from './Dialog.tsx';
import { COMMANDS } from './table.ts';

const MARKS = [
  ['attached', 'Linux irq requested, table entry unmasked, an eventfd is signalled'],
  ['cached', 'irq allocated and not requested: hatched; the table entry is masked'],
  ['freed, failed', 'dashed; seen only in the step that is looked at'],
  ['signal', 'an interrupt has just gone from the device to the eventfd'],
  ['pending', 'the device has raised a masked vector; delivered when it is unmasked'],
  [
    'timeline',
    'ring: signal; square: loopback; diamond: pending, with a bar while it lasts; a diamond with a line: coalesced',
  ],
  [
    'timeline, failures',
    'cross: failed; crossed ring: lost; crossed square: freed by pci_msix_free_irq; dashed: the ioctl failed',
  ],
  [
    'timeline, corner',
    'the vector has another irq number than it had before; a triangle above an operation: injected faults; a flash: the device fires inside',
  ],
  [
    'timeline, wheel',
    'scrolls the lanes, or magnifies where all can be seen; with Ctrl magnifies; with Shift moves',
  ],
  ['timeline, Shift drag', 'marks a range of lines; two fingers magnify'],
  ['would …', 'a row with a dashed frame: what the composed ioctl would do'],
  ['ring, disc', 'mask bit of the entry: a ring is unmasked, a disc is masked'],
] as const;

/** Whether the page opens without a network. */
function WithoutNetwork() {
  const { state, why } = useOffline();
  if (state === 'kept') return 'This browser keeps the page: it opens without a network too.';
  if (state === 'keeping') return 'This browser is about to keep the page for when there is no network.';
  return `The page is not kept for when there is no network: ${why}.`;
}

/** The sheet. Commands without a key are in the palette. */
export function HelpSheet() {
  return (
    <Dialog name="Keys and marks" className="sheet">
      {(close) => (
        <>
          <header>
            <h2>Keys</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <p>
            Every command, also those without a key, stands in the palette (Ctrl K or ⌘ K). Ctrl is ⌘ on a
            Mac. What the model was compared with: <CheckedButton close={close} />
          </p>
          <p>
            irqscope {import.meta.env.IRQSCOPE_VERSION}. <WithoutNetwork />
          </p>
          <div className="sheet-sections" role="group" aria-label="Commands" tabIndex={0}>
            {SECTIONS.map((section) => (
              <section key={section} aria-label={section}>
                <h3>{section}</h3>
                <dl>
                  {COMMANDS.filter((command) => command.section === section).map(({ id, title, keys }) =>
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
                      <dd>In the wiring: choose the range of vectors</dd>
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
