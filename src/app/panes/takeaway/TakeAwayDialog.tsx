// Everything that the session can be taken away as: chosen at the left, seen at the right, copied or saved.

import { useEffect, useState } from 'react';
import { Dialog } from '../../commands/Dialog.tsx';
import { writeAddress } from '../../state/address.ts';
import { useSession } from '../../state/lab.ts';
import { pngOf, savePictureFile } from '../../state/pictures.ts';
import { type Made, TAKE_AWAY, type TakeAwayKind, type Taken } from '../../state/takeAway.ts';
import './takeaway.css';

/** Characters of a text that are shown; all of it is copied and saved. */
const SHOWN = 40_000;

/** The address that opens the session anywhere; one that only this browser can open is none. */
function addressNow(): string | null {
  writeAddress();
  const { href, hash } = window.location;
  return /^#v\d/.test(hash) ? href : null;
}

/** What became of a kind. */
type Outcome = { readonly made: Made } | { readonly no: string };

async function outcomeOf(kind: TakeAwayKind, taken: Taken): Promise<Outcome> {
  const no = kind.no?.(taken) ?? null;
  if (no !== null) return { no };
  try {
    return { made: await kind.make(taken) };
  } catch (error) {
    return { no: `It could not be made: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The bytes of a file. */
function blobOf({ type }: TakeAwayKind, made: Made): Blob | Promise<Blob> {
  if (made.kind === 'text') return new Blob([made.text], { type });
  const svg = new Blob([made.svg], { type: 'image/svg+xml' });
  return type === 'image/png' ? pngOf(svg, made.width, made.height) : svg;
}

async function copy(kind: TakeAwayKind, made: Made): Promise<void> {
  if (kind.type === 'image/png') {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blobOf(kind, made) })]);
    return;
  }
  await navigator.clipboard.writeText(made.kind === 'text' ? made.text : made.svg);
}

/** The dialog. */
export function TakeAwayDialog() {
  const session = useSession();
  const [taken] = useState<Taken>(() => ({ session, link: addressNow() }));
  const [chosen, setChosen] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [told, setTold] = useState('');
  const kind = TAKE_AWAY[chosen];
  useEffect(() => {
    let wanted = true;
    setOutcome(null);
    setTold('');
    if (kind !== undefined)
      void outcomeOf(kind, taken).then((found) => {
        if (wanted) setOutcome(found);
      });
    return () => {
      wanted = false;
    };
  }, [kind, taken]);
  if (kind === undefined) return null;
  const made = outcome !== null && 'made' in outcome ? outcome.made : null;
  const onCopy = () => {
    if (made !== null)
      copy(kind, made).then(
        () => setTold('Copied.'),
        () => setTold('The browser forbids copying. Save it instead.'),
      );
  };
  const onSave = () => {
    if (made !== null)
      Promise.resolve(blobOf(kind, made)).then(
        (blob) => {
          savePictureFile(blob, kind.file);
          setTold(`${kind.file} saved.`);
        },
        () => setTold('The picture could not be drawn. Take the SVG instead.'),
      );
  };
  return (
    <Dialog name="Take away" className="takeaway">
      {(close) => (
        <>
          <fieldset className="takeaway-kinds">
            <legend>Take away as</legend>
            {TAKE_AWAY.map(({ id, label }, at) => (
              <label key={id}>
                <input type="radio" name="take-away" checked={at === chosen} onChange={() => setChosen(at)} />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          <div className="takeaway-made">
            <p>{kind.about}</p>
            <Preview kind={kind} outcome={outcome} />
            <div className="takeaway-buttons">
              <button type="button" className="primary" disabled={made === null} onClick={onCopy}>
                Copy
              </button>
              <button type="button" disabled={made === null} onClick={onSave}>
                Save <span className="takeaway-file">{kind.file}</span>
              </button>
              <span role="status" className="told">
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
    <div className="takeaway-preview" role="region" aria-label={`Preview: ${kind.label}`} tabIndex={0}>
      {outcome === null ? (
        <p>Being made…</p>
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
      {more > 0 && <p>… {more.toLocaleString('en')} more characters are copied and saved.</p>}
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
