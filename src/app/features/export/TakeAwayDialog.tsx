// The export dialog: formats at the left, a preview at the right, with buttons to copy and save.

import { useEffect, useState } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { FIRST_LANES, laneSession } from '../../../session/lanes.ts';
import type { Session } from '../../../session/session.ts';
import type { App } from '../../store/app.ts';
import { useApp } from '../../store/appContext.ts';
import { askedExport, forgetExport } from '../../store/askedExport.ts';
import { compareSlice } from '../../store/compare.ts';
import { useSession } from '../../store/lab.ts';
import { sessionFragment } from '../../store/shownFragment.ts';
import { viewSlice } from '../../store/view.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { pngOf, savePictureFile } from '../../ui/pictures.ts';
import { type Made, TAKE_AWAY, type TakeAwayKind, type Taken } from './takeAway.ts';
import './takeaway.css';

/** Characters in the preview of a text; the whole text is copied and saved. */
const SHOWN = 40_000;

/** Returns the address that opens the session in any browser, or null when the script is too long for one. */
function addressNow(app: App): string | null {
  const fragment = sessionFragment(app);
  const isPortable = fragment !== null && /^v\d/.test(fragment);
  return isPortable ? `${window.location.href.replace(/#.*$/s, '')}#${fragment}` : null;
}

/**
 * Returns the kernels to tell apart, each with the session's script: the lanes of Compare if it is open; otherwise the session's own
 * kernel and the first lanes. The session's own kernel comes first.
 */
function kernelsNow(app: App, session: Session): readonly Session[] {
  const isComparing = app.get(viewSlice).view === 'compare';
  const lanes = isComparing ? app.get(compareSlice).lanes : FIRST_LANES.toReversed();
  const compared = lanes.flatMap((lane) =>
    lane.kind === 'kernel' ? (laneSession(lane, session) ?? []) : [],
  );
  const keyOf = ({ generation, setup }: Session) => JSON.stringify([generation, setup.host]);
  const own = keyOf(session);
  const all = isComparing ? compared : [session, ...compared];
  const first = all.filter((one) => keyOf(one) === own).slice(0, 1);
  return [...first, ...all.filter((one) => keyOf(one) !== own)];
}

type Export = Exclude<Made, { readonly kind: 'none' }>;

/** The export, or the reason why there is no export. */
type Outcome = { readonly made: Export } | { readonly no: string };

async function outcomeOf(app: App, kind: TakeAwayKind, taken: Taken): Promise<Outcome> {
  const no = kind.no?.(taken) ?? null;
  if (no !== null) return { no };
  try {
    const made = await kind.make(taken, app);
    return made.kind === 'none' ? { no: made.why } : { made };
  } catch (error) {
    return { no: `The export failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Returns the file's bytes. */
function blobOf({ type }: TakeAwayKind, made: Export): Blob | Promise<Blob> {
  if (made.kind === 'text') return new Blob([made.text], { type });
  const svg = new Blob([made.svg], { type: 'image/svg+xml' });
  return type === 'image/png' ? pngOf(svg, made.width, made.height) : svg;
}

async function copy(kind: TakeAwayKind, made: Export): Promise<void> {
  if (kind.type === 'image/png') {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blobOf(kind, made) })]);
    return;
  }
  await navigator.clipboard.writeText(made.kind === 'text' ? made.text : made.svg);
}

export function TakeAwayDialog() {
  const app = useApp();
  const session = useSession();
  const [taken] = useState<Taken>(() => ({
    session,
    link: addressNow(app),
    kernels: kernelsNow(app, session),
  }));
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      TAKE_AWAY.findIndex(({ id }) => id === askedExport(app)),
    ),
  );
  useEffect(() => forgetExport(app), [app]);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [told, setTold] = useState('');
  const kind = TAKE_AWAY[chosen];
  useEffect(() => {
    let wanted = true;
    setOutcome(null);
    setTold('');
    if (kind !== undefined)
      void outcomeOf(app, kind, taken).then((found) => {
        if (wanted) setOutcome(found);
      });
    return () => {
      wanted = false;
    };
  }, [app, kind, taken]);
  if (kind === undefined) return null;
  const made = outcome !== null && 'made' in outcome ? outcome.made : null;
  const onCopy = () => {
    if (made !== null)
      copy(kind, made).then(
        () => setTold('Copied.'),
        () => setTold('The browser blocks copying. Save the file instead.'),
      );
  };
  const onSave = () => {
    if (made !== null)
      Promise.resolve(blobOf(kind, made)).then(
        (blob) => {
          savePictureFile(app, blob, kind.file);
          setTold(`${kind.file} saved.`);
        },
        () => setTold('The picture could not be drawn. Export the SVG instead.'),
      );
  };
  return (
    <Dialog name="Export" className="takeaway">
      {(close) => (
        <>
          <fieldset className="takeaway-kinds rigid scroll">
            <legend>Export as</legend>
            {TAKE_AWAY.map(({ id, label }, at) => (
              <label key={id}>
                <input type="radio" name="take-away" checked={at === chosen} onChange={() => setChosen(at)} />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          <div className="takeaway-made stack grow">
            <p>{kind.about}</p>
            {made?.kind === 'text' && made.warning != null && <p role="note">{made.warning}</p>}
            <Preview kind={kind} outcome={outcome} />
            <div className="cluster rigid middle gap-8">
              <button type="button" className="primary" disabled={made === null} onClick={onCopy}>
                Copy
              </button>
              <button type="button" disabled={made === null} onClick={onSave}>
                Save <span className="mono">{kind.file}</span>
              </button>
              <span role="status" className="told grow aside">
                {told}
              </span>
              <button type="button" onClick={close}>
                Close
              </button>
            </div>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Preview({ kind, outcome }: { readonly kind: TakeAwayKind; readonly outcome: Outcome | null }) {
  return (
    <div
      className="takeaway-preview fill scroll"
      role="region"
      aria-label={`Preview: ${kind.label}`}
      tabIndex={0}
    >
      {outcome === null ? (
        <p>Preparing the export…</p>
      ) : 'no' in outcome ? (
        <p>{outcome.no}</p>
      ) : outcome.made.kind === 'text' ? (
        <TextPreview text={outcome.made.text} wrap={kind.id === 'link'} />
      ) : (
        <PicturePreview label={kind.label} svg={outcome.made.svg} />
      )}
    </div>
  );
}

function TextPreview({ text, wrap }: { readonly text: string; readonly wrap: boolean }) {
  const more = text.length - SHOWN;
  return (
    <>
      <pre className={wrap ? 'wrapped' : undefined}>{text.slice(0, SHOWN)}</pre>
      {more > 0 && <p>… {grouped(more)} more characters are copied and saved.</p>}
    </>
  );
}

function PicturePreview({ label, svg }: { readonly label: string; readonly svg: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url === null ? null : <img src={url} alt={label} />;
}
