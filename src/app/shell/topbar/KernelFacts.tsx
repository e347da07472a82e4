// The facts of a kernel, with the evidence and source of each one.

import type { NamedKernel } from '../../../kernel/kernels.ts';
import { kernelFacts, readFactsText } from '../../../text/kernels.ts';
import { Source } from '../../ui/Source.tsx';
import { useRelease } from '../../ui/useRelease.ts';

/** The facts of a kernel, closed at first. */
export function KernelFacts({ kernel }: { readonly kernel: NamedKernel }) {
  const rows = kernelFacts(kernel);
  const release = useRelease();
  return (
    <details className="kernel-facts">
      <summary>
        Facts of {kernel.release.label}: {readFactsText(rows)}
      </summary>
      <dl>
        {rows.map(({ name, about, value, evidence, source }) => (
          <div key={name}>
            <dt>{about}</dt>
            <dd>
              <b>{value}</b>, {evidence}: <Source text={source.replaceAll('`', '')} release={release} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
