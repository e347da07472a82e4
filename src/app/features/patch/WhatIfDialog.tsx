// The dialog for a what-if kernel without a patch: for the lab, or for a lane of Compare.

import { useState } from 'react';
import { POLICY_MODEL } from '../../../views/patch/policyModel.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { useGeneration } from '../../store/lab.ts';
import { compareWithBase, putKernel, runUnder, whatIfSlice } from '../../store/patch.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { PolicyPicker } from '../../ui/PolicyPicker.tsx';
import './patch.css';

/** The dialog; it begins with the kernel of the lab. */
export function WhatIfDialog() {
  const app = useApp();
  const now = useGeneration();
  const { target } = useSlice(whatIfSlice);
  const [base, setBase] = useState(() => POLICY_MODEL.baseOf(now));
  const [changes, setChanges] = useState(() => POLICY_MODEL.changesOf(now));
  const id = POLICY_MODEL.whatIfId(base, changes);
  const isChanged = id !== base;
  return (
    <Dialog name="What-if kernel" className="patch">
      {(close) => (
        <>
          <header>
            <h2>What-if kernel</h2>
            <p className="aside">
              A kernel with changed policies on top of a driver; no kernel has this code.
            </p>
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
            {target.kind === 'lab' && (
              <button
                type="button"
                disabled={!isChanged}
                onClick={() => {
                  close();
                  compareWithBase(app, POLICY_MODEL, id);
                }}
              >
                Compare with the base
              </button>
            )}
            <button
              type="button"
              className="primary"
              disabled={!isChanged}
              onClick={() => {
                close();
                if (target.kind === 'lab') runUnder(app, POLICY_MODEL, id);
                else putKernel(app, POLICY_MODEL, id, target.at);
              }}
            >
              {target.kind === 'lab' ? 'Use this kernel' : 'Use in this lane'}
            </button>
          </footer>
        </>
      )}
    </Dialog>
  );
}
