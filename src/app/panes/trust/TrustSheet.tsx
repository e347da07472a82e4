// What the model was checked against and what it does not claim: the result of the run that was made with the page.

import { useEffect, useState } from 'react';
import { problemText } from '../../../base/result.ts';
import { parseTrust, type TrustFile } from '../../../formats/trust/trust.ts';
import { NOT_CLAIMED } from '../../../views/trust/claims.ts';
import { verdictOf } from '../../../views/trust/figures.ts';
import { Dialog } from '../../commands/Dialog.tsx';
import { shippedFile } from '../../state/shipped.ts';
import { TrustSections } from './TrustSections.tsx';
import { ConfigTable, DifferenceTable, KernelTable } from './TrustTables.tsx';
import './trust.css';

async function fetchTrust(): Promise<TrustFile | string> {
  try {
    const file = await shippedFile('trust.json');
    const parsed = parseTrust(await file.text());
    return parsed.ok ? parsed.value : `The figures cannot be read: ${problemText(parsed.problems[0])}.`;
  } catch (error) {
    return `The figures could not be loaded: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** The sheet. */
export function TrustSheet() {
  const [got, setGot] = useState<TrustFile | string | null>(null);
  useEffect(() => {
    let wanted = true;
    void fetchTrust().then((trust) => {
      if (wanted) setGot(trust);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <Dialog name="What is checked" className="sheet trust">
      {(close) => (
        <>
          <header>
            <h2>What is checked</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <div className="trust-body" role="group" aria-label="The check and its limits" tabIndex={0}>
            {got === null && <p className="nothing">Opening…</p>}
            {typeof got === 'string' && (
              <p className="verdict differs" role="alert">
                {got}
              </p>
            )}
            {got !== null && typeof got !== 'string' && <Checked trust={got} />}
            <NotClaimed />
            {got !== null && typeof got !== 'string' && <TrustSections sections={got.sections} />}
          </div>
        </>
      )}
    </Dialog>
  );
}

function Checked({ trust }: { readonly trust: TrustFile }) {
  const { rows, differences, unreadable } = trust;
  const { agrees, text } = verdictOf(rows, unreadable.length);
  return (
    <>
      <p className={agrees ? 'verdict agrees' : 'verdict differs'} role={agrees ? 'status' : 'alert'}>
        <b>{agrees ? 'Agrees. ' : 'Differs. '}</b>
        {text}
      </p>
      <p>
        A recording is what a real kernel did with a script: every result, every state, every call. The run
        was made together with this page, with the model that it shows.
      </p>
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      {unreadable.length > 0 && (
        <ul aria-label="Unreadable recordings">
          {unreadable.map(({ path, problem }) => (
            <li key={path}>
              <code>{path}</code>: {problem}
            </li>
          ))}
        </ul>
      )}
      <KernelTable rows={rows} />
      <details>
        <summary>By device and machine</summary>
        <ConfigTable rows={rows} />
      </details>
    </>
  );
}

function NotClaimed() {
  return (
    <section aria-labelledby="not-claimed">
      <h3 id="not-claimed">What the model does not claim</h3>
      <dl>
        {NOT_CLAIMED.map(({ about, text }) => (
          <div key={about}>
            <dt>{about}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
