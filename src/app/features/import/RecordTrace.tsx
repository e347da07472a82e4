// The folded instructions for recording a trace, which are fetched when a person unfolds them.

import { lazy, Suspense, useState } from 'react';

const RecordCommands = lazy(async () => ({ default: (await import('./RecordCommands.tsx')).RecordCommands }));

/** The instructions, folded. */
export function RecordTrace({ summary }: { readonly summary: string }) {
  const [unfolded, setUnfolded] = useState(false);
  return (
    <details className="probe" onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}>
      <summary>{summary}</summary>
      {unfolded && (
        <Suspense fallback={<p>Opening…</p>}>
          <RecordCommands />
        </Suspense>
      )}
    </details>
  );
}
