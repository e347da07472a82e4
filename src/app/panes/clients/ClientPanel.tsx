// Acting as a guest or driver: a client of VFIO is chosen, things happen to it, and its ioctls become lines of the script.

import { useMemo, useState } from 'react';
import type { AtWork } from '../../../clients/atWork.ts';
import type { Action } from '../../../clients/client.ts';
import { CLIENTS, type ListedClient } from '../../../clients/index.ts';
import { printOp } from '../../../formats/notation/printLine.ts';
import { isKnown, lineCount } from '../../../session/replay.ts';
import { atWork } from '../../../views/clients/acting.ts';
import {
  actAgain,
  firedVector,
  previewOfAction,
  previewOfStart,
  shownClient,
  start,
  useClients,
} from '../../state/clients.ts';
import { useKnownUpTo, useReplay } from '../../state/useMoment.ts';
import { ClientActions } from './ClientActions.tsx';
import { ClientCost } from './ClientCost.tsx';
import { SentPreview } from './SentPreview.tsx';
import './clients.css';

/** The panel. */
export function ClientPanel() {
  const replayed = useReplay();
  const lines = lineCount(replayed);
  const known = useKnownUpTo(replayed, lines);
  const { chosen, meanwhile, fires } = useClients();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the replay grows without becoming another
  const work = useMemo(() => atWork(replayed), [replayed, known]);
  const client = shownClient(chosen, work);
  const [pointed, setPointed] = useState<Action | 'start' | null>(null);
  const isAtWork = work?.client === client;
  const sent = useMemo(() => {
    if (!isKnown(replayed, lineCount(replayed)) || pointed === null) return null;
    if (pointed === 'start') return previewOfStart(client, replayed);
    return work === null ? null : previewOfAction(work, replayed, pointed, firedVector({ meanwhile, fires }));
  }, [replayed, work, client, pointed, meanwhile, fires]);
  if (!isKnown(replayed, lines))
    return <p className="nothing">The script is not worked out to its end yet.</p>;
  return (
    <div className="client-panel">
      <label className="client-choice">
        <span className="hidden">Client</span>
        <select value={client.id} onChange={(event) => useClients.setState({ chosen: event.target.value })}>
          {CLIENTS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p className="client-policy" title={client.source}>
        It {client.policy}.
      </p>
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

interface StartProps {
  readonly client: ListedClient;
  /** The same client, whose script is not what it sent any more, or which is gone. */
  readonly work: AtWork | null;
  readonly lines: number;
  readonly onPoint: (what: 'start' | null) => void;
}

/** The ways to start a client. */
function Start({ client, work, lines, onPoint }: StartProps) {
  const points = {
    onPointerEnter: () => onPoint('start'),
    onPointerLeave: () => onPoint(null),
    onFocus: () => onPoint('start'),
    onBlur: () => onPoint(null),
  };
  const broken = work?.broken ?? null;
  return (
    <div className="client-start">
      {broken !== null && (
        <p role="note" className="client-broken">
          {broken.line > lines
            ? 'The script ends before what the client sent: '
            : `Line ${broken.line} is not what the client would send here: `}
          <code>{printOp(broken.expected)}</code> was expected.
        </p>
      )}
      {work?.gone === true && broken === null && <p>The device was unplugged from it.</p>}
      <div className="client-buttons">
        {broken !== null && (
          <button
            type="button"
            title="The same actions, as it does them under this kernel"
            onClick={actAgain}
          >
            Send its actions anew
          </button>
        )}
        <button type="button" className="primary" onClick={() => start(client, false)} {...points}>
          {work !== null
            ? 'Start it again from here'
            : lines === 0
              ? `Start ${client.label}`
              : `Start after line ${lines}`}
        </button>
        {lines > 0 && (
          <button type="button" onClick={() => start(client, true)}>
            Start with an empty script
          </button>
        )}
      </div>
    </div>
  );
}
