// The branches of the history: a button with their number, and the list, which is fetched when it is opened.

import { lazy, Suspense, useMemo } from 'react';
import { branchCount } from '../../../session/history.ts';
import { Menu } from '../../parts/Menu.tsx';
import { useLab } from '../../state/lab.ts';
import './branches.css';

const BranchList = lazy(() => import('./BranchList.tsx').then((module) => ({ default: module.BranchList })));

/** The menu of branches. */
export function BranchMenu() {
  const history = useLab((state) => state.history);
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
