// All that is known about one row, below the rows: the four things of the chain beside each other.

import { useEffect, useRef } from 'react';
import { tokens } from '../../../views/linked/things.ts';
import { detailsOf } from '../../../views/wiring/detail.ts';
import { termOf } from '../../../views/words/glossary.ts';
import { Term } from '../../parts/Term.tsx';
import { useSession } from '../../state/lab.ts';
import { useMoment, useReplay } from '../../state/useMoment.ts';

/** What the panel needs: a vector, or the label of a row that is none. */
interface RowDetailProps {
  readonly row: number | string;
  readonly onClose: () => void;
}

/** The panel of one row. */
export function RowDetail({ row, onClose }: RowDetailProps) {
  const replayed = useReplay();
  const { cursor } = useSession();
  const { now } = useMoment();
  const ref = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row begins at its top
  useEffect(() => {
    if (ref.current !== null) ref.current.scrollTop = 0;
  }, [row]);
  const name = typeof row === 'number' ? `Vector ${row}` : row;
  return (
    <section
      ref={ref}
      className="row-detail"
      aria-label={`${name} in detail`}
      tabIndex={0}
      onKeyDown={(event) => event.code === 'Escape' && onClose()}
    >
      <header>
        <h3>{name}</h3>
        <button type="button" onClick={onClose} aria-label={`Close details of ${name}`}>
          Close
        </button>
      </header>
      <div className="detail-groups">
        {detailsOf(replayed, cursor.line, now, row).map(({ title, things, facts }) => (
          <section key={title} aria-label={title}>
            <h4 className="linked" data-link={tokens(things)}>
              {title}
            </h4>
            <dl>
              {facts.map((fact) => (
                <div key={fact.name}>
                  <dt>{termOf(fact.name) === null ? fact.name : <Term>{fact.name}</Term>}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </section>
  );
}
