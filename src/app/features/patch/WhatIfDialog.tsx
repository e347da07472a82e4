// The dialog for a what-if kernel without a patch: for the lab, a lane of Compare, or any other place with a kernel.

import { useState } from 'react';
import { POLICY_MODEL } from '../../../views/patch/policies.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { compareWithBase, reviewAgainstBase, type WhatIfTarget, whatIfSlice } from '../../store/patch.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { PolicyPicker } from '../../ui/PolicyPicker.tsx';
import './patch.css';

export function WhatIfDialog() {
  const { target } = useSlice(whatIfSlice);
  return (
    target !== null && (
      <Dialog name="What-if kernel" className="sheet patch">
        {(close) => <Content target={target} close={close} />}
      </Dialog>
    )
  );
}

function Content({ target, close }: { readonly target: WhatIfTarget; readonly close: () => void }) {
  const app = useApp();
  const { from, label, compares, use } = target;
  const [base, setBase] = useState(() => POLICY_MODEL.baseOf(from));
  const [changes, setChanges] = useState(() => POLICY_MODEL.changesOf(from));
  const id = POLICY_MODEL.whatIfId(base, changes);
  const isChanged = id !== base;
  const then = (act: WhatIfTarget['use']) => () => {
    close();
    act(app, POLICY_MODEL, id);
  };
  return (
    <>
      <header>
        <h2>What-if kernel</h2>
        <p className="aside">A driver with changed policies. No kernel has this code.</p>
      </header>
      <div className="patch-body fill scroll" role="region" aria-label="Policies" tabIndex={0}>
        <PolicyPicker
          model={POLICY_MODEL}
          base={base}
          changes={changes}
          onChange={(chosen, tokens) => {
            setBase(chosen);
            setChanges(tokens);
          }}
        />
      </div>
      <footer>
        <span role="status" className="patch-told grow aside anywhere">
          {isChanged ? id : 'No policy is changed.'}
        </span>
        <button type="button" onClick={close}>
          Cancel
        </button>
        {compares && (
          <>
            <button type="button" disabled={!isChanged} onClick={then(reviewAgainstBase)}>
              Review against the base
            </button>
            <button type="button" disabled={!isChanged} onClick={then(compareWithBase)}>
              Compare with the base
            </button>
          </>
        )}
        <button type="button" className="primary" disabled={!isChanged} onClick={then(use)}>
          {label}
        </button>
      </footer>
    </>
  );
}
