// The composer of VFIO_DEVICE_SET_IRQS: fields, their bytes, and the kernel's result in advance.

import { type FocusEvent, lazy, Suspense, useRef, useState } from 'react';
import type { Machine } from '../../../../machine/machine.ts';
import { isKnown, machineAfter } from '../../../../session/replay.ts';
import { openDescriptors } from '../../../../text/eventfds.ts';
import { previewOf } from '../../../../text/result.ts';
import { VFIO_IRQ_SET_MINSZ } from '../../../../uapi/vfio.ts';
import type { ByteField } from '../../../../views/composer/draft.ts';
import { vectorCount } from '../../../../views/wiring/rows.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import {
  chooseMode,
  compose,
  composeSlice,
  editableLine,
  runComposed,
  showClient,
  tryLine,
  useComposed,
} from '../../../store/compose.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { late } from '../../../ui/late.ts';
import { FaultMenu } from './FaultMenu.tsx';
import { FormFields } from './FormFields.tsx';
import { type OpenDescriptor, Operations } from './Operations.tsx';
import { freeFd } from './operationCommands.ts';
import { RaiseMenu } from './RaiseMenu.tsx';
import '../../../ui/completions.css';
import './composer.css';

const RawFields = lazy(() => import('./RawFields.tsx').then((module) => ({ default: module.RawFields })));
const ClientPanel = lazy(() =>
  import('./clients/ClientPanel.tsx').then((module) => ({ default: module.ClientPanel })),
);
const BytesView = late(async () => (await import('./BytesView.tsx')).BytesView);
const CommandLine = late(async () => (await import('./CommandLine.tsx')).CommandLine);

export function Composer() {
  const app = useApp();
  const mode = useSlice(composeSlice, (state) => state.mode);
  const client = useSlice(composeSlice, (state) => state.client);
  const { cursor } = useSession();
  const replayed = useReplay();
  const read = useComposed();
  const [lit, setLit] = useState<ByteField | null>(null);
  const machine = machineAfter(replayed, cursor.line);
  const open = useOpenDescriptors(machine);
  const free = freeFd(app);
  const preview =
    'wrong' in read || !isKnown(replayed, cursor.line)
      ? null
      : previewOf(tryLine(app, replayed, machine, read.line), read.line.raises);
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) compose(app, { composing: false });
  };
  const hints = {
    onPointerEnter: () => compose(app, { composing: true }),
    onPointerLeave: () => compose(app, { composing: isTyping() }),
  };
  if (client) {
    return (
      <section className="pane composer" aria-labelledby="composer-heading">
        <div className="pane-head">
          <h2 id="composer-heading">Act as a client</h2>
          <ClientButton />
        </div>
        <Suspense fallback={null}>
          <ClientPanel />
        </Suspense>
      </section>
    );
  }
  return (
    <section className="pane composer" aria-labelledby="composer-heading">
      <div className="pane-head">
        <h2 id="composer-heading">VFIO_DEVICE_SET_IRQS</h2>
        <ClientButton />
        <button
          type="button"
          className="mode"
          aria-pressed={mode === 'raw'}
          title="Any argsz, flags and bytes (B)"
          onClick={() => chooseMode(app, mode === 'raw' ? 'form' : 'raw')}
        >
          raw
        </button>
      </div>
      <form
        onFocus={() => compose(app, { composing: true })}
        onBlur={onBlur}
        onSubmit={(event) => {
          event.preventDefault();
          runComposed(app);
        }}
      >
        {mode === 'form' ? (
          <FormFields open={open} lit={lit} onPoint={setLit} />
        ) : (
          <Suspense fallback={null}>
            <RawFields lit={lit} onPoint={setLit} />
          </Suspense>
        )}
        <div className="run-row">
          <button
            type="submit"
            className="primary rest"
            disabled={'wrong' in read}
            aria-describedby="composer-preview"
            aria-keyshortcuts="Enter Control+Enter"
            title="Run the composed ioctl (Enter in a field, Ctrl Enter anywhere)"
            {...hints}
          >
            Run ioctl <kbd aria-hidden="true">⏎</kbd>
          </button>
          <FaultMenu />
          <RaiseMenu />
        </div>
      </form>
      <LineActions />
      <div className="preview" {...hints}>
        {'wrong' in read ? (
          <p className="failed">{read.wrong}</p>
        ) : (
          <>
            <p id="composer-preview">
              <span className={preview?.failed === true ? 'failed' : 'fine'}>{preview?.answer}</span>{' '}
              {preview?.effect}
            </p>
            <Suspense fallback={<BytesRoom values={(read.set.argsz - VFIO_IRQ_SET_MINSZ) / 4} />}>
              <BytesView set={read.set} lit={lit} onPoint={setLit} />
            </Suspense>
          </>
        )}
      </div>
      <Suspense fallback={<div className="command-line" />}>
        <CommandLine open={open} vectors={vectorCount(machine)} />
      </Suspense>
      <Operations open={open} freeFd={free} isOpened={machine.openCount > 0} />
    </section>
  );
}

/** Reserves the height of the bytes. */
function BytesRoom({ values }: { readonly values: number }) {
  return (
    <div className="bytes" aria-hidden="true">
      {Array.from({ length: 5 + values }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rooms are all alike
        <span key={at} className="byte-run">
          {'\u00a0'.repeat(11)}
        </span>
      ))}
    </div>
  );
}

/** The open descriptors; the same list until a descriptor opens or closes, so that signals draw nothing again. */
function useOpenDescriptors(machine: Machine): readonly OpenDescriptor[] {
  const kept = useRef<readonly OpenDescriptor[]>([]);
  const now = openDescriptors(machine).map(({ fd, count }) => ({ fd, isEventfd: count !== null }));
  const isSame = (one: OpenDescriptor, at: number) =>
    one.fd === kept.current[at]?.fd && one.isEventfd === kept.current[at].isEventfd;
  if (now.length !== kept.current.length || !now.every(isSame)) kept.current = now;
  return kept.current;
}

/** Switches between the form and the client panel. */
function ClientButton() {
  const app = useApp();
  const client = useSlice(composeSlice, (state) => state.client);
  return (
    <button
      type="button"
      className="mode client-mode"
      aria-pressed={client}
      title="Act as QEMU, DPDK or another client and see the operations they send (A)"
      onClick={() => showClient(app, !client)}
    >
      client
    </button>
  );
}

/** True while a field of the form has the focus. */
function isTyping(): boolean {
  return document.activeElement?.matches('.composer > form input') === true;
}

/** The place of the new line, and buttons that edit or replace the current line instead. */
function LineActions() {
  const app = useApp();
  const { cursor, script } = useSession();
  if (script.length === 0) return null;
  return (
    <div className="line-actions">
      <span className="rest">
        {cursor.line < script.length ? `Runs after line ${cursor.line}` : 'Runs at the end'}
      </span>
      {editableLine(app) !== null && (
        <>
          <CommandButton id="compose.edit" title={`Fill the form from line ${cursor.line}`}>
            Edit line {cursor.line}
          </CommandButton>
          <CommandButton id="compose.replace">Replace it</CommandButton>
        </>
      )}
    </div>
  );
}
