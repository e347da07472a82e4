// The model's function for a kernel function, as text.

import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { placeOf } from '../../../views/trace/source.ts';
import { modelFiles } from '../../ui/modelFiles.ts';

/** The lines of the function, or a sentence if another function of the kernel stands for it. */
export function ModelFunction({ fn, base }: { readonly fn: string; readonly base: GenerationId }) {
  const files = modelFiles(base);
  const place = placeOf(files, fn);
  const lines = files.find(({ path }) => path === place?.path)?.lines ?? [];
  if (place === null) return <p>This kernel’s model has no function for {fn}.</p>;
  return (
    <>
      <p className="anywhere">
        {place.path}, line {place.from}
      </p>
      <pre className="patch-model scroll" tabIndex={0} role="group" aria-label={`${place.path}, ${place.fn}`}>
        {lines.slice(place.from - 1, place.to).join('\n')}
      </pre>
    </>
  );
}
