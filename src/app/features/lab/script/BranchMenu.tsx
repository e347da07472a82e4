// The branches of the history: a button with their number, and a list that is fetched when opened.

import { lazy, Suspense, useMemo } from 'react';
import { branchCount } from '../../../../session/history.ts';
import { useSlice } from '../../../store/appContext.ts';
import { labSlice } from '../../../store/lab.ts';
import { Menu } from '../../../ui/Menu.tsx';
import './branches.css';

const BranchList = lazy(() => import('./BranchList.tsx').then((module) => ({ default: module.BranchList })));

/** The menu of branches. */
export function BranchMenu() {
  const history = useSlice(labSlice, (state) => state.history);
  const tips = useMemo(() => branchCount(history), [history]);
  return (
    <Menu label={tips === 1 ? '1 branch' : `${tips} branches`} name="Branches" late>
      {(close) => (
        <Suspense>
          <BranchList close={close} />
        </Suspense>
      )}
    </Menu>
  );
}
