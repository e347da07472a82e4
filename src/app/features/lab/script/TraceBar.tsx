// The comparison with the trace above the script: how many results differ, which kernels and hosts agree, and buttons that switch.

import { useEffect } from 'react';
import {
  agreementSentence,
  groupAgreements,
  kernelToUse,
  switchText,
  tracedSentence,
} from '../../../../text/agreement.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { lookAt, useSession } from '../../../store/lab.ts';
import { tracedSlice } from '../../../store/traced.ts';
import { compareTraced, search, switchTo } from './compareTraced.ts';

/** Buttons that are offered; the sentence names every group. */
const OFFERED = 3;

/** The bar of a script with traced results. */
export function TraceBar() {
  const app = useApp();
  const session = useSession();
  const { script, setup, generation, cursor } = session;
  const { count, agreements, searched } = useSlice(tracedSlice);
  // the place in the script does not change the comparison
  useEffect(
    () => compareTraced(app, { script, setup, generation, cursor: { line: 0, step: null } }),
    [app, script, setup, generation],
  );
  const differ = count?.differ ?? [];
  const next = differ.find((line) => line > cursor.line) ?? differ[0];
  const groups = agreements === null ? [] : groupAgreements(agreements.agree);
  const offered = differ.length === 0 ? [] : groups.filter((group) => kernelToUse(group) !== null);
  return (
    <section className="changes-bar trace-bar" aria-label="Comparison with the trace">
      <span>
        {count === null ? 'Comparing with the trace…' : `${tracedSentence(count)}. `}
        {agreements !== null && agreementSentence(agreements)}
        {searched !== null && `Searching the kernels that agree: ${Math.round(searched * 100)} %.`}
      </span>
      {next !== undefined && (
        <button type="button" onClick={() => lookAt(app, { line: next, step: null })}>
          Go to line {next.toLocaleString('en')}
        </button>
      )}
      {count !== null && agreements === null && searched === null && (
        <button type="button" onClick={() => void search(app)}>
          Search the kernels that agree
        </button>
      )}
      {offered.slice(0, OFFERED).map((group) => (
        <button key={switchText(group)} type="button" onClick={() => switchTo(app, group)}>
          {switchText(group)}
        </button>
      ))}
    </section>
  );
}
