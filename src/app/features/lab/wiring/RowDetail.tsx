// The details of one row: the four parts of its chain beside each other.

import { tokens } from '../../../../views/linked/things.ts';
import { detailsOf } from '../../../../views/wiring/detail.ts';
import { termOf } from '../../../../views/words/glossary.ts';
import { useSession } from '../../../store/lab.ts';
import { useMoment, useReplay } from '../../../store/useMoment.ts';
import { Term } from '../../../ui/Term.tsx';

/** Props of `RowDetail`: a vector, or the label of another row. */
interface RowDetailProps {
  readonly row: number | string;
  readonly onClose: () => void;
}

/** The panel of one row. */
export function RowDetail({ row, onClose }: RowDetailProps) {
  const replayed = useReplay();
  const { cursor } = useSession();
  const { now } = useMoment();
  const name = typeof row === 'number' ? `Vector ${row}` : row;
  return (
    <section
      // another row begins at its top
      key={name}
      className="row-detail rigid scroll"
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
      <div className="detail-groups tracks">
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
