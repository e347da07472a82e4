// Acting as a guest or driver: choose a client, send it actions, and its ioctls become lines of the script.

import { useMemo, useState } from 'react';
import type { AtWork } from '../../../../../clients/atWork.ts';
import type { Action, Evidence } from '../../../../../clients/client.ts';
import { clientById, type ListedClient, OFFERED } from '../../../../../clients/index.ts';
import { printOp } from '../../../../../formats/notation/printOp.ts';
import { isKnown, lineCount } from '../../../../../session/replay.ts';
import { atWork } from '../../../../../views/clients/acting.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { useGrown } from '../../../../store/grown.ts';
import { useKnownUpTo, useReplay } from '../../../../store/useMoment.ts';
import { useWanted } from '../../../../ui/useWanted.ts';
import { ClientActions } from './ClientActions.tsx';
import { ClientCost } from './ClientCost.tsx';
import {
  actAgain,
  clientsSlice,
  firedVector,
  previewOfAction,
  previewOfStart,
  shownClient,
  start,
} from './clients.ts';
import { SentPreview } from './SentPreview.tsx';
import './clients.css';

export function ClientPanel() {
  const app = useApp();
  useWanted('client');
  const replayed = useReplay();
  const lines = lineCount(replayed);
  const known = useKnownUpTo(replayed, lines);
  const { chosen, meanwhile, fires } = useSlice(clientsSlice);
  const grown = useGrown(replayed, known);
  const work = useMemo(() => atWork(grown.of), [grown]);
  const client = shownClient(chosen, work);
  const [pointed, setPointed] = useState<Action | 'start' | null>(null);
  const isAtWork = work?.client === client;
  const sent = useMemo(() => {
    if (!isKnown(replayed, lineCount(replayed)) || pointed === null) return null;
    if (pointed === 'start') return previewOfStart(client, replayed);
    return work === null ? null : previewOfAction(work, replayed, pointed, firedVector({ meanwhile, fires }));
  }, [replayed, work, client, pointed, meanwhile, fires]);
  if (!isKnown(replayed, lines)) return <p className="nothing">Still computing the end of the script…</p>;
  return (
    <div className="tracks gap-6 small">
      <label className="client-choice">
        <span className="hidden">Client</span>
        <select value={client.id} onChange={(event) => app.set(clientsSlice, { chosen: event.target.value })}>
          {EVIDENCE.map(([evidence, group]) => (
            <optgroup key={evidence} label={group}>
              {OFFERED.filter((one) => one.evidence === evidence).map(optionOf)}
            </optgroup>
          ))}
          {client.replacedBy !== null && <optgroup label="In this script">{optionOf(client)}</optgroup>}
        </select>
      </label>
      <p className="soft">It {client.policy}.</p>
      <EvidenceOf client={client} />
      {isAtWork && work !== null && work.now !== null && !work.gone ? (
        <ClientActions work={work} onPoint={setPointed} />
      ) : (
        <Start client={client} work={isAtWork ? work : null} lines={lines} onPoint={setPointed} />
      )}
      <SentPreview sent={sent} />
      {isAtWork && work !== null && <ClientCost work={work} replayed={replayed} />}
    </div>
  );
}

/** The groups of the menu. */
const EVIDENCE: readonly (readonly [Evidence, string])[] = [
  ['recorded', 'Recorded'],
  ['by source', 'By source, never recorded'],
];

function optionOf({ id, label }: ListedClient) {
  return (
    <option key={id} value={id}>
      {label}
    </option>
  );
}

/** The evidence for a client: which programs and kernels were recorded, or which source was read. */
function EvidenceOf({ client }: { readonly client: ListedClient }) {
  const { evidence, source, replacedBy } = client;
  const newer = replacedBy === null ? undefined : clientById(replacedBy);
  return (
    <p className="soft" data-evidence={evidence}>
      {evidence === 'recorded' ? `Recorded: ${source}.` : `By source, never recorded: ${source}.`}
      {newer !== undefined &&
        ` Recordings of the program differ from it; ${newer.label} sends what they have.`}
    </p>
  );
}

interface StartProps {
  readonly client: ListedClient;
  /** The same client, when the script differs from its operations or its device is gone. */
  readonly work: AtWork | null;
  readonly lines: number;
  readonly onPoint: (what: 'start' | null) => void;
}

/** The ways to start a client. */
function Start({ client, work, lines, onPoint }: StartProps) {
  const app = useApp();
  const points = {
    onPointerEnter: () => onPoint('start'),
    onPointerLeave: () => onPoint(null),
    onFocus: () => onPoint('start'),
    onBlur: () => onPoint(null),
  };
  const broken = work?.broken ?? null;
  return (
    <div className="tracks gap-6">
      {broken !== null && (
        <p role="note" className="client-broken">
          {broken.line > lines
            ? 'The script ends before an operation of the client: '
            : `Line ${broken.line} differs from the client’s operation; expected `}
          <code>{printOp(broken.expected)}</code>.
        </p>
      )}
      {work?.gone === true && broken === null && (
        <p>The client’s device was unplugged, or the client has ended.</p>
      )}
      <div className="client-buttons cluster middle gap-4">
        {broken !== null && (
          <button
            type="button"
            title="Replays the client’s actions on this kernel and replaces the client’s lines"
            onClick={() => actAgain(app)}
          >
            Replay the client’s actions
          </button>
        )}
        <button type="button" className="primary rest" onClick={() => start(app, client, false)} {...points}>
          {work !== null
            ? 'Restart the client here'
            : lines === 0
              ? `Start ${client.label}`
              : `Start after line ${lines}`}
        </button>
        {lines > 0 && (
          <button type="button" onClick={() => start(app, client, true)}>
            Start with an empty script
          </button>
        )}
      </div>
    </div>
  );
}
