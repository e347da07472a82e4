// The actions of the client at work, one button each. Pointing at a button previews its operations.

import type { AtWork } from '../../../../../clients/atWork.ts';
import type { Action, ActionKind } from '../../../../../clients/client.ts';
import { actionWords } from '../../../../../clients/words.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { act, actionOf, clientsSlice, commandOf, fire, isFunctionMasked, numberOf } from './clients.ts';

const WITH_VECTOR: readonly ActionKind[] = ['unmask', 'mask', 'trigger'];
const WITH_COUNT: readonly ActionKind[] = ['enable-queues', 'enable-msi'];
const WITH_VALUE: readonly ActionKind[] = ['command'];
const WITH_FIELD: readonly ActionKind[] = [...WITH_VECTOR, ...WITH_COUNT, ...WITH_VALUE];

interface ClientActionsProps {
  readonly work: AtWork;
  readonly onPoint: (action: Action | null) => void;
}

/** The actions: without a number, with a count, with a value, with a vector, and actions of the device. */
export function ClientActions({ work, onPoint }: ClientActionsProps) {
  const app = useApp();
  const state = useSlice(clientsSlice);
  const { actions } = work.client;
  const masked = isFunctionMasked(work);
  const fires = numberOf(state.vector);
  const row = (kinds: readonly ActionKind[]) =>
    actions
      .filter((kind) => kinds.includes(kind))
      .map((kind) => (
        <ActionButton key={kind} kind={kind} action={actionOf(kind, state, masked)} onPoint={onPoint} />
      ));
  const others = actions.filter((kind) => !WITH_FIELD.includes(kind));
  return (
    <div role="group" aria-label="Actions of the client" className="client-actions tracks gap-6">
      <div className="client-buttons cluster middle gap-4">{row(others)}</div>
      {actions.some((kind) => WITH_COUNT.includes(kind)) && (
        <div className="client-buttons cluster middle gap-4">
          <NumberField label="Number of vectors" word="number" name="count" />
          {row(WITH_COUNT)}
        </div>
      )}
      {actions.some((kind) => WITH_VALUE.includes(kind)) && (
        <div className="client-buttons cluster middle gap-4">
          <NumberField label="Value of COMMAND" word="COMMAND" name="command" />
          {row(WITH_VALUE)}
        </div>
      )}
      <div className="client-buttons cluster middle gap-4">
        <NumberField label="Vector" word="vector" name="vector" />
        {row(WITH_VECTOR)}
        <button
          type="button"
          disabled={fires === null}
          aria-label={fires === null ? undefined : `device raises vector ${fires}`}
          title="The device raises this vector"
          onClick={() => fires !== null && fire(app, fires)}
        >
          raise
        </button>
      </div>
      <div className="bar gap-6">
        <label className="check">
          <input
            type="checkbox"
            aria-label="device raises a vector at the end of each ioctl"
            checked={state.meanwhile}
            onChange={(event) => app.set(clientsSlice, { meanwhile: event.target.checked })}
          />
          device raises
        </label>
        <NumberField label="Vector raised at the end of each ioctl" word="" name="fires" />
        <span>at the end of each ioctl</span>
      </div>
    </div>
  );
}

/** Short labels for a narrow button. */
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
  'stop-queues': 'stop queues',
  trigger: 'trigger',
  'move-route': 'move INTx route',
  command: 'write COMMAND',
  reset: 'reset',
  unplug: 'unplug',
  end: 'end program',
};

interface ActionButtonProps {
  readonly kind: ActionKind;
  /** Null while the typed number is not valid for this action. */
  readonly action: Action | null;
  readonly onPoint: (action: Action | null) => void;
}

function ActionButton({ kind, action, onPoint }: ActionButtonProps) {
  const app = useApp();
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
      onClick={() => action !== null && act(app, action)}
    >
      {clears ? 'clear function mask' : SHORT[kind]}
    </button>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly word: string;
  readonly name: 'vector' | 'count' | 'fires' | 'command';
}

function NumberField({ label, word, name }: NumberFieldProps) {
  const app = useApp();
  const value = useSlice(clientsSlice, (state) => state[name]);
  return (
    <label className="client-number middle gap-4 soft">
      {word}
      <input
        aria-label={label}
        aria-invalid={(name === 'command' ? commandOf(value) : numberOf(value)) === null}
        inputMode={name === 'command' ? 'text' : 'numeric'}
        value={value}
        onChange={(event) => app.set(clientsSlice, { [name]: event.target.value })}
      />
    </label>
  );
}
