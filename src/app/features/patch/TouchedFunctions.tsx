// The functions that a hunk touches: what the driver's function does, its lines in the kernel, and the function of the model.

import { lazy, Suspense, useState } from 'react';
import type { Hunk } from '../../../formats/patch/patch.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { FUNCTION_WORDS } from '../../../views/trace/functions.ts';
import { symbolPlace } from '../../../views/trace/sources.ts';
import { Citation } from '../../ui/Citation.tsx';
import { KernelSource } from '../../ui/Source.tsx';
import { useRelease } from '../../ui/useRelease.ts';

const ModelFunction = lazy(() =>
  import('./ModelFunction.tsx').then((module) => ({ default: module.ModelFunction })),
);

/** The functions of a hunk in a list. */
export function TouchedFunctions({ hunk, base }: { readonly hunk: Hunk; readonly base: GenerationId }) {
  const { functions, outside } = hunk;
  return (
    <ul className="patch-functions small" aria-label="Functions that the hunk touches">
      {functions.map((fn) => (
        <li key={fn}>
          <Touched fn={fn} base={base} />
        </li>
      ))}
      {outside && <li>Lines outside of functions.</li>}
      {functions.length === 0 && !outside && <li>No function is named in the hunk.</li>}
    </ul>
  );
}

function Touched({ fn, base }: { readonly fn: string; readonly base: GenerationId }) {
  const release = useRelease();
  const [open, setOpen] = useState(false);
  const words = Object.hasOwn(FUNCTION_WORDS, fn) ? FUNCTION_WORDS[fn] : undefined;
  const place = symbolPlace(fn, release);
  return (
    <>
      <b className="mono">{fn}</b>:{' '}
      {words === undefined ? (
        'the model has no function of this name.'
      ) : (
        <>
          {words.why} <Citation source={words.source} />
        </>
      )}
      {place !== null && (
        <p className="source">
          <KernelSource place={place} name={fn} />
        </p>
      )}
      {words !== undefined && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{fn} in the model</summary>
          {open && (
            <Suspense fallback={<p>Opening…</p>}>
              <ModelFunction fn={fn} base={base} />
            </Suspense>
          )}
        </details>
      )}
    </>
  );
}
