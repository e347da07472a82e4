// The atlas of edge cases: every outcome of small devices. The build of the page computes it.

import { useEffect, useMemo, useState } from 'react';
import { parseScript } from '../../../formats/notation/parse.ts';
import { FAULTS } from '../../../formats/notation/words.ts';
import { type AtlasFile, parseAtlas } from '../../../formats/search/atlas.ts';
import { counted } from '../../../text/numbers.ts';
import { problemText } from '../../../text/problem.ts';
import {
  ATLAS_COLUMNS,
  type AtlasColumn,
  type AtlasWish,
  outcomeRows,
  RESULT_KINDS,
  type ResultKind,
  wantedRows,
} from '../../../views/explore/atlasRows.ts';
import { outcomeMarks } from '../../../views/trust/seen.ts';
import { shippedFile } from '../../services/shipped.ts';
import { useSeen } from '../../store/seen.ts';
import { GenerationSelect } from '../../ui/GenerationSelect.tsx';
import { AtlasBounds } from './AtlasBounds.tsx';
import { AtlasRow, KERNEL_MARKS } from './AtlasRow.tsx';
import './atlas.css';

const HEADS: Readonly<Record<AtlasColumn, string>> = {
  fn: 'kernel function',
  check: 'check',
  result: 'result',
  kernels: 'kernels',
  length: 'script',
};

const KINDS: readonly ResultKind[] = ['failures', 'errors', 'positive', 'zero', 'all'];

const FIRST_WISH: AtlasWish = {
  sought: '',
  generation: null,
  results: 'failures',
  injected: false,
  sortBy: 'fn',
  descending: false,
};

/** Rows per click on "Show more". */
const PAGE = 150;

async function fetchAtlas(): Promise<AtlasFile | string> {
  try {
    const parsed = parseAtlas(await (await shippedFile('atlas.json')).text());
    return parsed.ok ? parsed.value : `atlas.json is damaged: ${problemText(parsed.problems[0])}.`;
  } catch (error) {
    return `atlas.json cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

export function AtlasPane() {
  const [got, setGot] = useState<AtlasFile | string | null>(null);
  useEffect(() => {
    let wanted = true;
    void fetchAtlas().then((atlas) => {
      if (wanted) setGot(atlas);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <section className="atlas" aria-label="Edge-case atlas">
      {got === null && <p className="nothing">Loading…</p>}
      {typeof got === 'string' && (
        <p className="nothing" role="alert">
          {got}
        </p>
      )}
      {got !== null && typeof got !== 'string' && <Rows atlas={got} />}
    </section>
  );
}

/** Returns whether a line of the script has an injected fault. */
function hasFault(script: string): boolean {
  return (
    script.includes(` ${FAULTS.word} `) &&
    parseScript(script).script.lines.some(({ line }) => line.faults.length > 0)
  );
}

function Rows({ atlas }: { readonly atlas: AtlasFile }) {
  const [wish, setWish] = useState(FIRST_WISH);
  const [most, setMost] = useState(PAGE);
  const seen = useSeen();
  const all = useMemo(() => {
    const markOf = seen === null ? null : outcomeMarks(seen);
    return outcomeRows(
      atlas.entries.map((entry) => ({
        ...entry,
        injected: hasFault(entry.script),
        mark: markOf?.(entry) ?? null,
      })),
    );
  }, [atlas, seen]);
  // without the file of recorded outcomes no mark says where an outcome is known from
  const legend = Object.entries(KERNEL_MARKS).filter(([kind]) =>
    seen === null ? kind !== 'seen' && kind !== 'source' : kind !== 'reached',
  );
  const rows = useMemo(() => wantedRows(all, wish), [all, wish]);
  const change = (next: Partial<AtlasWish>) => {
    setWish({ ...wish, ...next });
    setMost(PAGE);
  };
  return (
    <>
      <p className="soft">
        Every distinct outcome (kernel function, deciding check, result) in {counted(atlas.states, 'state')}{' '}
        of small devices, with the kernels that reach it and a shortest script. An outcome is “seen on a real
        kernel” if a recording of that kernel contains it; otherwise it is “by source”. A kernel’s button
        opens its script in the lab.
      </p>
      <ul className="atlas-legend cluster aside" aria-label="Marks of kernels">
        {legend.map(([kind, [mark, meaning]]) => (
          <li key={kind} data-mark={kind}>
            <i aria-hidden="true">{mark}</i> {meaning}
          </li>
        ))}
      </ul>
      <div className="atlas-wish cluster middle">
        <input
          type="search"
          aria-label="Search the atlas"
          placeholder="EBADF, request_irq, argsz …"
          value={wish.sought}
          onChange={({ target }) => change({ sought: target.value })}
        />
        <GenerationSelect
          label={<span className="hidden">Kernel</span>}
          value={wish.generation}
          none="all kernels"
          onChange={(generation) => change({ generation })}
        />
        <label>
          <span className="hidden">Results</span>
          <select
            value={wish.results}
            onChange={({ target }) => {
              const chosen = KINDS.find((kind) => kind === target.value);
              if (chosen !== undefined) change({ results: chosen });
            }}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {RESULT_KINDS[kind]}
              </option>
            ))}
          </select>
        </label>
        <label className="flex middle gap-4">
          <input
            type="checkbox"
            checked={wish.injected}
            onChange={({ target }) => change({ injected: target.checked })}
          />
          injected faults
        </label>
        <span className="soft" role="status">
          {counted(rows.length, 'outcome')}
        </span>
      </div>
      <div className="atlas-table fill scroll line-above">
        <table aria-label="Outcomes">
          <thead>
            <tr>
              {ATLAS_COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={
                    column === wish.sortBy ? (wish.descending ? 'descending' : 'ascending') : undefined
                  }
                >
                  <button
                    type="button"
                    onClick={() =>
                      change({ sortBy: column, descending: column === wish.sortBy && !wish.descending })
                    }
                  >
                    {HEADS[column]}
                    <span aria-hidden="true">
                      {column === wish.sortBy ? (wish.descending ? ' ↓' : ' ↑') : ''}
                    </span>
                  </button>
                </th>
              ))}
              <th scope="col">
                <span className="hidden">copy</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <AtlasRow key={`${row.fn} ${row.check} ${row.result}`} row={row} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="nothing">
            No outcome matches. Try fewer words, “all results” or injected faults; the list below names the
            checks that are never reached.
          </p>
        )}
        {rows.length > most && (
          <button type="button" className="atlas-more" onClick={() => setMost(most + PAGE)}>
            Show {counted(Math.min(PAGE, rows.length - most), 'more outcome')}
          </button>
        )}
        <AtlasBounds atlas={atlas} />
      </div>
    </>
  );
}
