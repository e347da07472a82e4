// What can happen to the client at work, a button each. Pointing at one shows what it would send.

import type { AtWork } from '../../../clients/atWork.ts';
import type { Action, ActionKind } from '../../../clients/client.ts';
import { actionWords } from '../../../clients/words.ts';
import { act, actionOf, fire, isFunctionMasked, numberOf, useClients } from '../../state/clients.ts';

const WITH_VECTOR: readonly ActionKind[] = ['unmask', 'mask', 'trigger'];
const WITH_COUNT: readonly ActionKind[] = ['enable-queues', 'enable-msi'];

/** What the panel of actions needs. */
interface ClientActionsProps {
  readonly work: AtWork;
  readonly onPoint: (action: Action | null) => void;
}

/** The actions: those without a number, those with a vector, those with a count, and what the device does. */
export function ClientActions({ work, onPoint }: ClientActionsProps) {
  const state = useClients();
  const { actions } = work.client;
  const masked = isFunctionMasked(work);
  const fires = numberOf(state.vector);
  const row = (kinds: readonly ActionKind[]) =>
    actions
      .filter((kind) => kinds.includes(kind))
      .map((kind) => (
        <ActionButton key={kind} kind={kind} action={actionOf(kind, state, masked)} onPoint={onPoint} />
      ));
  const others = actions.filter((kind) => !WITH_VECTOR.includes(kind) && !WITH_COUNT.includes(kind));
  return (
    <div role="group" aria-label="What happens" className="client-actions">
      <div className="client-buttons">{row(others)}</div>
      {actions.some((kind) => WITH_COUNT.includes(kind)) && (
        <div className="client-buttons">
          <NumberField label="Number of vectors" word="number" name="count" />
          {row(WITH_COUNT)}
        </div>
      )}
      <div className="client-buttons">
        <NumberField label="Vector" word="vector" name="vector" />
        {row(WITH_VECTOR)}
        <button
          type="button"
          disabled={fires === null}
          aria-label={fires === null ? undefined : `device fires vector ${fires}`}
          title="The device fires this vector"
          onClick={() => fires !== null && fire(fires)}
        >
          fire
        </button>
      </div>
      <div className="client-meanwhile">
        <label className="check">
          <input
            type="checkbox"
            aria-label="device fires at the end of each ioctl"
            checked={state.meanwhile}
            onChange={(event) => useClients.setState({ meanwhile: event.target.checked })}
          />
          device fires
        </label>
        <NumberField label="Vector that fires meanwhile" word="" name="fires" />
        <span>at the end of each ioctl</span>
      </div>
    </div>
  );
}

/** Words for a narrow button. */
const SHORT: Readonly<Record<ActionKind, string>> = {
  'enable-msix': 'enable MSI-X',
  'disable-msix': 'disable MSI-X',
  unmask: 'unmask',
  mask: 'mask',
  'function-mask': 'function mask',
  'enable-msi': 'enable MSI',
  'disable-msi': 'disable MSI',
  'acknowledge-intx': 'service INTx',
  'enable-queues': 'enable queues',
  trigger: 'trigger',
  reset: 'reset',
  unplug: 'unplug',
};

interface ActionButtonProps {
  readonly kind: ActionKind;
  /** Null where what is typed is no number that it can be done with. */
  readonly action: Action | null;
  readonly onPoint: (action: Action | null) => void;
}

function ActionButton({ kind, action, onPoint }: ActionButtonProps) {
  const point = () => onPoint(action);
  const leave = () => onPoint(null);
  const clears = action?.kind === 'function-mask' && !action.on;
  return (
    <button
      type="button"
      disabled={action === null}
      aria-label={action === null ? undefined : actionWords(action)}
      title={action === null ? undefined : actionWords(action)}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
      onClick={() => action !== null && act(action)}
    >
      {clears ? 'clear function mask' : SHORT[kind]}
    </button>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly word: string;
  readonly name: 'vector' | 'count' | 'fires';
}

function NumberField({ label, word, name }: NumberFieldProps) {
  const value = useClients((state) => state[name]);
  return (
    <label className="client-number">
      {word}
      <input
        aria-label={label}
        aria-invalid={numberOf(value) === null}
        inputMode="numeric"
        value={value}
        onChange={(event) => useClients.setState({ [name]: event.target.value })}
      />
    </label>
  );
}
