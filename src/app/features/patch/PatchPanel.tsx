// The panel of an opened patch: its hunks with the functions that they touch, and the question which policies it changes. Nothing is
// guessed from the lines: every policy begins as unchanged.

import { useState } from 'react';
import type { Hunk, Patch } from '../../../formats/patch/patch.ts';
import { quotedHunks } from '../../../formats/patch/quote.ts';
import { counted } from '../../../text/numbers.ts';
import { POLICY_MODEL } from '../../../views/patch/policies.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import {
  compareWithBase,
  patchSlice,
  reviewAgainstBase,
  runUnder,
  type WhatIfTarget,
} from '../../store/patch.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { PolicyPicker } from '../../ui/PolicyPicker.tsx';
import { DiffLines } from './DiffLines.tsx';
import { TouchedFunctions } from './TouchedFunctions.tsx';
import './patch.css';

/** The most hunks that are drawn. */
const SHOWN = 60;

export function PatchPanel() {
  const { patch, name } = useSlice(patchSlice);
  if (patch === null) return null;
  return (
    <Dialog name={`Patch of ${name}`} className="sheet patch">
      {(close) => <Content patch={patch} name={name} close={close} />}
    </Dialog>
  );
}

interface ContentProps {
  readonly patch: Patch;
  readonly name: string;
  readonly close: () => void;
}

function Content({ patch, name, close }: ContentProps) {
  const app = useApp();
  const { base, changes, quoted } = useSlice(patchSlice);
  const [told, setTold] = useState('');
  const { mail, file, others, removed } = patch;
  const { hunks } = file;
  const touched = [...new Set(hunks.flatMap(({ functions }) => functions))];
  const id = POLICY_MODEL.whatIfId(base, changes);
  const isChanged = id !== base;
  const then = (act: WhatIfTarget['use']) => () => {
    close();
    act(app, POLICY_MODEL, id);
  };
  const copy = (hunk: Hunk) =>
    void app.services
      .copyText(`${quotedHunks([hunk])}\n`)
      .then((done) => setTold(done ? 'Hunk copied as a quotation.' : 'The browser blocks copying.'));
  return (
    <>
      <header>
        <h2>{mail?.subject ?? name}</h2>
        <p className="aside anywhere">
          {mail?.author != null && <span>From: {mail.author}. </span>}
          {mail?.date != null && <span>Date: {mail.date}. </span>}
          {file.newPath === '/dev/null' ? file.oldPath : file.newPath}: {counted(hunks.length, 'hunk')} in{' '}
          {counted(touched.length, 'function')}.{others.length > 0 && ` Not shown: ${others.join(', ')}.`}
          {removed.map((sentence) => ` ${sentence}`)}
        </p>
      </header>
      <div className="patch-body fill scroll" role="region" aria-label="Hunks and policies" tabIndex={0}>
        {hunks.slice(0, SHOWN).map((hunk, at) => (
          <section key={hunk.line} className="patch-hunk framed" aria-label={`Hunk ${at + 1}`}>
            <div className="cluster middle gap-8">
              <h3>
                Hunk {at + 1} <span className="soft">{rangeText(hunk)}</span>
              </h3>
              <button type="button" onClick={() => copy(hunk)}>
                Copy quoted hunk
              </button>
              <label className="check">
                <input
                  type="checkbox"
                  checked={quoted.includes(at)}
                  onChange={({ target }) =>
                    app.set(patchSlice, {
                      quoted: target.checked
                        ? [...quoted, at].sort((a, b) => a - b)
                        : quoted.filter((one) => one !== at),
                    })
                  }
                />
                Quote in the review mail
              </label>
            </div>
            <DiffLines hunk={hunk} name={`Lines of hunk ${at + 1}`} />
            <TouchedFunctions hunk={hunk} base={base} />
          </section>
        ))}
        {hunks.length > SHOWN && <p className="aside">{counted(hunks.length - SHOWN, 'more hunk')}.</p>}
        <section aria-label="Policies">
          <h3>Which policies does this patch change?</h3>
          <p className="aside">
            irqscope does not derive this from the lines. Choose what the patched driver does; everything else
            stays as in the base kernel.
          </p>
          <PolicyPicker
            model={POLICY_MODEL}
            base={base}
            changes={changes}
            touched={touched}
            onChange={(now, tokens) => app.set(patchSlice, { base: now, changes: tokens })}
          />
        </section>
      </div>
      <footer>
        <span role="status" className="patch-told grow aside anywhere">
          {told !== '' ? told : isChanged ? id : 'No policy is changed.'}
        </span>
        <button type="button" onClick={close}>
          Close
        </button>
        <button type="button" disabled={!isChanged} onClick={then(reviewAgainstBase)}>
          Review against the base
        </button>
        <button type="button" disabled={!isChanged} onClick={then(compareWithBase)}>
          Compare with the base
        </button>
        <button type="button" className="primary" disabled={!isChanged} onClick={then(runUnder)}>
          Use this kernel
        </button>
      </footer>
    </>
  );
}

/** Returns the place of a hunk, such as `lines 398–405, new 398–413`. */
function rangeText({ oldStart, oldCount, newStart, newCount }: Hunk): string {
  const range = (start: number, count: number) => (count === 0 ? 'none' : `${start}–${start + count - 1}`);
  return `lines ${range(oldStart, oldCount)}, new ${range(newStart, newCount)}`;
}
