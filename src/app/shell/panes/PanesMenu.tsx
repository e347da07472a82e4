// The menu of the panes: the pane that fills the lab, the collapsed panes, and the way back.

import { lazy, Suspense } from 'react';
import { useSlice } from '../../store/appContext.ts';
import { panesSlice } from '../../store/panes.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { Menu } from '../../ui/Menu.tsx';

const PanesPanel = lazy(async () => ({ default: (await import('./PanesPanel.tsx')).PanesPanel }));

/** The button of the menu; while a pane fills the lab, the button that shows all panes. */
export function PanesMenu() {
  const { maximised } = useSlice(panesSlice);
  return (
    <div className="sash-menu">
      {maximised !== undefined ? (
        <CommandButton id="view.maximise">All panes</CommandButton>
      ) : (
        <Menu label="Panes" name="Panes" late>
          {(close) => (
            <Suspense fallback={null}>
              <PanesPanel close={close} />
            </Suspense>
          )}
        </Menu>
      )}
    </div>
  );
}
