// The lines of a hunk with both line numbers and a sign. A screen reader hears which lines are added or removed.

import type { Hunk, PatchLine } from '../../../formats/patch/patch.ts';

/** The most lines that are drawn. */
const SHOWN = 400;

const SIGNS: Readonly<Record<PatchLine['kind'], string>> = { context: ' ', added: '+', removed: '-' };

/** The lines, scrolled sideways where they are longer than the panel. */
export function DiffLines({ hunk, name }: { readonly hunk: Hunk; readonly name: string }) {
  const { lines, section } = hunk;
  return (
    <div className="patch-lines scroll" role="group" aria-label={name} tabIndex={0}>
      {section !== '' && <p className="patch-section soft">{section}</p>}
      <ol>
        {lines.slice(0, SHOWN).map((line) => (
          <li key={`${line.old} ${line.new}`} className={line.kind}>
            <span aria-hidden="true" className="patch-number">
              {line.old}
            </span>
            <span aria-hidden="true" className="patch-number">
              {line.new}
            </span>
            {line.kind !== 'context' && <span className="hidden">{line.kind}: </span>}
            <code>
              <span aria-hidden="true">{SIGNS[line.kind]}</span>
              {line.text}
            </code>
          </li>
        ))}
      </ol>
      {lines.length > SHOWN && <p className="patch-section soft">… {lines.length - SHOWN} more lines</p>}
    </div>
  );
}
