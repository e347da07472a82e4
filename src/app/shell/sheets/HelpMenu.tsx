// The help: the way to the start card, the tour, the lists and the documents, and the version of the page.

import { keyText } from '../../../views/commands/keys.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import type { Command } from '../../store/commands.ts';
import { offlineSlice } from '../../store/offline.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { HELP, type HelpEntry } from '../commands/help.ts';
import { RARE } from '../commands/rare.ts';
import { COMMANDS } from '../commands/table.ts';
import './help.css';

/** One sentence: whether the page opens without a network. */
function WithoutNetwork() {
  const { state, why } = useSlice(offlineSlice);
  if (state === 'kept') return 'This browser has saved the page, so it also opens without a network.';
  if (state === 'keeping') return 'This browser is saving the page, so that it also opens without a network.';
  return `The page does not open without a network: ${why}.`;
}

/** Returns the command of an entry; throws for an id without a command. */
function commandOf({ id }: HelpEntry): Command {
  const found = [...COMMANDS, ...RARE].find((command) => command.id === id);
  if (found === undefined) throw new Error(`the help names an unknown command ${id}`);
  return found;
}

/** The sheet. Each entry opens in its place. */
export function HelpMenu() {
  const app = useApp();
  return (
    <Dialog name="Help" className="sheet help">
      {(close) => (
        <>
          <header>
            <h2>Help</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <ul className="stack gap-6">
            {HELP.map((entry) => {
              const command = commandOf(entry);
              const [key] = command.keys ?? [];
              return (
                <li key={entry.id}>
                  <button type="button" onClick={() => command.run(app)}>
                    <span className="bar apart">
                      <b>{entry.name}</b>
                      {key !== undefined && <kbd>{keyText(key)}</kbd>}
                    </span>
                    <span className="help-about aside">{entry.about}</span>
                  </button>
                </li>
              );
            })}
          </ul>
          <p>
            irqscope {import.meta.env.IRQSCOPE_VERSION}. <WithoutNetwork />
          </p>
        </>
      )}
    </Dialog>
  );
}
