// How the model is verified: the comparison with recordings, computed while the page is built, and the limits of the model.

import { useEffect, useState } from 'react';
import { parseTrust, type TrustFile } from '../../../formats/trust/trust.ts';
import { problemText } from '../../../text/problem.ts';
import { NOT_CLAIMED } from '../../../views/trust/claims.ts';
import { verdictOf } from '../../../views/trust/figures.ts';
import { shippedFile } from '../../services/shipped.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TrustSections } from './TrustSections.tsx';
import { ConfigTable, DifferenceTable, KernelTable } from './TrustTables.tsx';
import './trust.css';

async function fetchTrust(): Promise<TrustFile | string> {
  try {
    const file = await shippedFile('trust.json');
    const parsed = parseTrust(await file.text());
    return parsed.ok ? parsed.value : `The results cannot be read: ${problemText(parsed.problems[0])}.`;
  } catch (error) {
    return `The results cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

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
    <Dialog name="How the model is verified" className="sheet trust">
      {(close) => (
        <>
          <header>
            <h2>How the model is verified</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <div className="trust-body scroll" role="group" aria-label="Verification and limits" tabIndex={0}>
            {got === null && <p className="nothing">Loading…</p>}
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
        A recording contains the results, states and calls of a real kernel for one script. The build of this
        page replays every recording in the model that the page contains, and compares each value.
      </p>
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      {unreadable.length > 0 && (
        <ul aria-label="Unreadable recordings">
          {unreadable.map(({ path, problem }) => (
            <li key={path}>
              <code className="mono">{path}</code>: {problem}
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
      <h3 id="not-claimed">Limits of the model</h3>
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
