// The comparison with the trace above the script: how many results differ, which kernels and hosts agree, and buttons that switch.

import { useEffect } from 'react';
import { grouped } from '../../../../base/grouped.ts';
import { chosenKernel } from '../../../../kernel/kernels.ts';
import {
  type AgreementGroup,
  groupAgreements,
  groupText,
  kernelToUse,
  NO_AGREEMENT,
  switchText,
  tracedSentence,
} from '../../../../text/agreement.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { lookAt, useSession } from '../../../store/lab.ts';
import { tracedSlice } from '../../../store/traced.ts';
import { compareTraced, search, switchTo } from './compareTraced.ts';

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
  const [first, ...more] = agreements === null ? [] : groupAgreements(agreements.agree);
  return (
    <section className="changes-bar trace-bar" aria-label="Comparison with the trace">
      <div className="agree-row">
        <span>{count === null ? 'Comparing with the trace…' : `${tracedSentence(count)}.`}</span>
        {next !== undefined && (
          <button type="button" onClick={() => lookAt(app, { line: next, step: null })}>
            Go to line {grouped(next)}
          </button>
        )}
      </div>
      {searched !== null && <span>Searching the kernels that agree: {Math.round(searched * 100)} %</span>}
      {count !== null && agreements === null && searched === null && (
        <button type="button" onClick={() => void search(app)}>
          Search the kernels that agree
        </button>
      )}
      {agreements !== null && first === undefined && <span>{NO_AGREEMENT}</span>}
      {first !== undefined && <Agreeing group={first} canSwitch={differ.length > 0} />}
      {more.length > 0 && (
        <details open={differ.length > 0 && more.length < 2}>
          <summary>
            {more.length} more {more.length === 1 ? 'agrees' : 'agree'}, with another host or device
          </summary>
          {more.map((group) => (
            <Agreeing key={groupText(group)} group={group} canSwitch={differ.length > 0} />
          ))}
        </details>
      )}
    </section>
  );
}

interface AgreeingProps {
  readonly group: AgreementGroup;
  readonly canSwitch: boolean;
}

/** The kernels of a group, with a button that runs the script there. */
function Agreeing({ group, canSwitch }: AgreeingProps) {
  const app = useApp();
  const { setup, generation } = useSession();
  const kernel = kernelToUse(group, chosenKernel(generation, setup.host).kernel);
  return (
    <div className="agree-row">
      <span>Agrees with {groupText(group)}.</span>
      {canSwitch && (
        <button
          type="button"
          aria-label={switchText(group, kernel)}
          onClick={() => switchTo(app, group, kernel)}
        >
          Switch to {kernel.label}
        </button>
      )}
    </div>
  );
}
