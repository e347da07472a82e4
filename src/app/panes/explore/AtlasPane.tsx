// The atlas of edge cases: every outcome that small devices come to, found while the page was built.

import { useEffect, useMemo, useState } from 'react';
import { problemText } from '../../../base/result.ts';
import { parseScript } from '../../../formats/notation/parse.ts';
import { type AtlasFile, type AtlasRow, parseAtlas } from '../../../formats/search/atlas.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { withScript } from '../../../session/deviceSpec.ts';
import { emptySession } from '../../../session/session.ts';
import {
  ATLAS_COLUMNS,
  type AtlasColumn,
  type AtlasWish,
  checkWhy,
  wantedRows,
} from '../../../views/explore/atlasRows.ts';
import { counted } from '../../../views/words/numbers.ts';
import { GenerationSelect } from '../../parts/GenerationSelect.tsx';
import { openInLab } from '../../state/explore/found.ts';
import { shippedFile } from '../../state/shipped.ts';
import { AtlasBounds } from './AtlasBounds.tsx';
import './atlas.css';

const HEADS: Readonly<Record<AtlasColumn, string>> = {
  fn: 'kernel function',
  check: 'check',
  errno: 'result',
  generation: 'generation',
  length: 'script',
};

const FIRST_WISH: AtlasWish = {
  sought: '',
  generation: null,
  failuresOnly: true,
  sortBy: 'fn',
  descending: false,
};

/** Rows that are drawn before more are asked for. */
const PAGE = 150;

async function fetchAtlas(): Promise<AtlasFile | string> {
  try {
    const parsed = parseAtlas(await (await shippedFile('atlas.json')).text());
    return parsed.ok ? parsed.value : `The atlas cannot be read: ${problemText(parsed.problems[0])}.`;
  } catch (error) {
    return `The atlas could not be loaded: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** The pane. */
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
      {got === null && <p className="nothing">Opening…</p>}
      {typeof got === 'string' && (
        <p className="nothing" role="alert">
          {got}
        </p>
      )}
      {got !== null && typeof got !== 'string' && <Rows atlas={got} />}
    </section>
  );
}

function Rows({ atlas }: { readonly atlas: AtlasFile }) {
  const [wish, setWish] = useState(FIRST_WISH);
  const [most, setMost] = useState(PAGE);
  const rows = useMemo(() => wantedRows(atlas.entries, wish), [atlas, wish]);
  const change = (next: Partial<AtlasWish>) => {
    setWish({ ...wish, ...next });
    setMost(PAGE);
  };
  return (
    <>
      <p className="atlas-about">
        Every distinct outcome (kernel function, deciding check, result) of {counted(atlas.states, 'state')}{' '}
        of small devices, each with a shortest script that comes to it.
      </p>
      <div className="atlas-wish">
        <input
          type="search"
          aria-label="Search the atlas"
          placeholder="EBADF, request_irq, argsz …"
          value={wish.sought}
          onChange={({ target }) => change({ sought: target.value })}
        />
        <GenerationSelect
          label={<span className="hidden">Generation</span>}
          value={wish.generation}
          none="all generations"
          onChange={(generation) => change({ generation })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={wish.failuresOnly}
            onChange={({ target }) => change({ failuresOnly: target.checked })}
          />
          <span>failures only</span>
        </label>
        <span className="atlas-count" role="status">
          {counted(rows.length, 'outcome')}
        </span>
      </div>
      <div className="atlas-table">
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
                <span className="hidden">open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <Row key={`${row.generation} ${row.fn} ${row.check} ${row.errno}`} row={row} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="nothing">No outcome has all these words. It may be one that was not reached.</p>
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

function Row({ row }: { readonly row: AtlasRow }) {
  const { fn, check, errno, script, length } = row;
  const last = script.trimEnd().split('\n').slice(-length).join('\n');
  const open = () => {
    const parsed = parseScript(script).script;
    openInLab(withScript(emptySession(row.generation, 'nvme'), parsed), `open an edge case: ${fn}`);
  };
  return (
    <tr>
      <td>
        <code>{fn}</code>
      </td>
      <td>
        {check === null ? <span className="atlas-none">–</span> : <code>{check}</code>}
        <small>{checkWhy(check)}</small>
      </td>
      <td data-failed={errno !== null}>
        <code>{errno === null ? 'success' : `-${errno}`}</code>
      </td>
      <td>{generation(row.generation).label}</td>
      <td>
        <pre>{last}</pre>
      </td>
      <td>
        <button
          type="button"
          aria-label={`Open in the lab: ${fn} ${errno ?? 'success'} under ${generation(row.generation).label}`}
          onClick={open}
        >
          Open
        </button>
      </td>
    </tr>
  );
}
