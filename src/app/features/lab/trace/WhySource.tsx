// The source below an explanation: the kernel line of the selected release, the section of docs/, and whether recordings contain
// the failure of the check.

import type { CheckId } from '../../../../kernel/checks.ts';
import { checkPlace, symbolPlace } from '../../../../views/trace/sources.ts';
import type { WhySource as Source } from '../../../../views/trace/why.ts';
import { citedSource } from '../../../../views/trace/whySource.ts';
import { checkSeenText } from '../../../../views/trust/seen.ts';
import { useSeen } from '../../../store/seen.ts';
import { Citation } from '../../../ui/Citation.tsx';
import { KernelSource } from '../../../ui/Source.tsx';
import { useRelease } from '../../../ui/useRelease.ts';

/** Up to three lines: file, line and links; docs/; the recorded kernels. */
export function WhySource({ source }: { readonly source: Source }) {
  const release = useRelease();
  const { fn, check, docs } = citedSource(source);
  const place = check === null ? symbolPlace(fn, release) : checkPlace(check, fn, release);
  return (
    <>
      {place !== null && (
        <p className="source">
          <KernelSource place={place} name={fn} />
        </p>
      )}
      <p className="source">
        <Citation source={docs} />
      </p>
      {check !== null && <SeenMark check={check} />}
    </>
  );
}

function SeenMark({ check }: { readonly check: CheckId }) {
  const seen = useSeen();
  return seen === null ? null : <p className="source">{checkSeenText(seen, check)}</p>;
}
