// The panel of the menu of the panes.

import { useApp, useSlice } from '../../store/appContext.ts';
import { maximise, restoreSizes, toggleCollapsed, WHOLE } from './actions.ts';
import { EDGES } from './edges.ts';
import { sizesSlice } from './kept.ts';

/** The panel; `close` closes it. */
export function PanesPanel({ close }: { readonly close: () => void }) {
  const app = useApp();
  const { sizes } = useSlice(sizesSlice);
  const rows = [
    ...WHOLE.map((whole) => ({ text: `Maximise the ${whole.name}`, run: () => maximise(app, whole) })),
    ...EDGES.map((edge) => ({
      text: `${sizes[edge.name] === 0 ? 'Show' : 'Collapse'} the ${edge.pane}`,
      run: () => toggleCollapsed(app, edge),
    })),
    { text: 'Restore the sizes of the panes', run: () => restoreSizes(app) },
  ];
  return (
    <>
      <p>A boundary between two panes moves by a drag or by the arrow keys; Enter restores its default.</p>
      <ul className="menu-list" aria-label="Panes of the lab">
        {rows.map(({ text, run }) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => {
                close();
                run();
              }}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
