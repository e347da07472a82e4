// The list of keyboard shortcuts and marks.

import { keyText } from '../../../views/commands/keys.ts';
import { EXPLORE } from '../../features/explore/commands.ts';
import { SECTIONS } from '../../store/commands.ts';
import { CheckedButton } from '../../ui/CheckedButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { MarksLegend } from '../../ui/timeline/MarksLegend.tsx';
import { RARE } from '../commands/rare.ts';
import { COMMANDS } from '../commands/table.ts';

/** The gestures of a pointer with their effects. */
const POINTER = [
  [
    'wheel',
    'scrolls the lanes of the timeline, or zooms if all lanes fit; with Ctrl it zooms, with Shift it moves',
  ],
  ['Shift drag', 'marks a range of lines in the timeline; two fingers zoom'],
  ['drag', 'over the numbers of the wiring: chooses a range of vectors'],
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
            <section aria-label="Pointer">
              <h3>Pointer</h3>
              <dl>
                {POINTER.map(([gesture, effect]) => (
                  <div key={gesture}>
                    <dt>{gesture}</dt>
                    <dd>{effect}</dd>
                  </div>
                ))}
              </dl>
            </section>
            <section className="sheet-wide line-above" aria-label="Marks">
              <h3>Marks</h3>
              <MarksLegend />
            </section>
          </div>
        </>
      )}
    </Dialog>
  );
}
