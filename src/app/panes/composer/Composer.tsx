// The composer of VFIO_DEVICE_SET_IRQS: fields, the bytes that they make, and what the kernel will answer.

import { type FocusEvent, lazy, Suspense, useMemo, useState } from 'react';
import type { Machine } from '../../../machine/machine.ts';
import { isKnown, machineAfter } from '../../../session/replay.ts';
import type { ByteField } from '../../../views/composer/draft.ts';
import { openDescriptors } from '../../../views/wiring/eventfds.ts';
import { vectorCount } from '../../../views/wiring/rows.ts';
import { previewOf } from '../../../views/words/result.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { freeFd } from '../../commands/operations.ts';
import { late } from '../../parts/late.ts';
import {
  chooseMode,
  compose,
  editableLine,
  runComposed,
  showClient,
  tryLine,
  useCompose,
  useComposed,
} from '../../state/compose.ts';
import { useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import { BytesView } from './BytesView.tsx';
import { FaultMenu } from './FaultMenu.tsx';
import { FormFields } from './FormFields.tsx';
import { type OpenDescriptor, Operations } from './Operations.tsx';
import { RaiseMenu } from './RaiseMenu.tsx';
import './composer.css';

const RawFields = lazy(() => import('./RawFields.tsx').then((module) => ({ default: module.RawFields })));
const ClientPanel = lazy(() =>
  import('../clients/ClientPanel.tsx').then((module) => ({ default: module.ClientPanel })),
);
const CommandLine = late(async () => (await import('./CommandLine.tsx')).CommandLine);

/** The composer. */
export function Composer() {
  const mode = useCompose((state) => state.mode);
  const client = useCompose((state) => state.client);
  const { cursor } = useSession();
  const replayed = useReplay();
  const read = useComposed();
  const [lit, setLit] = useState<ByteField | null>(null);
  const machine = machineAfter(replayed, cursor.line);
  const open = useOpenDescriptors(machine);
  const free = freeFd();
  const preview =
    'wrong' in read || !isKnown(replayed, cursor.line)
      ? null
      : previewOf(tryLine(replayed, machine, read.line), read.line.raises);
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) compose({ composing: false });
  };
  const hints = {
    onPointerEnter: () => compose({ composing: true }),
    onPointerLeave: () => compose({ composing: isTyping() }),
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
          onClick={() => chooseMode(mode === 'raw' ? 'form' : 'raw')}
        >
          raw
        </button>
      </div>
      <form
        onFocus={() => compose({ composing: true })}
        onBlur={onBlur}
        onSubmit={(event) => {
          event.preventDefault();
          runComposed();
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
            className="primary"
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
            <BytesView set={read.set} lit={lit} onPoint={setLit} />
          </>
        )}
      </div>
      <Suspense fallback={<div className="command-line" />}>
        <CommandLine open={open} vectors={vectorCount(machine)} />
      </Suspense>
      <Operations open={open} freeFd={free} isOpened={machine.opened} />
    </section>
  );
}

/** The open descriptors; the same list as long as it says the same, whatever has been signalled. */
function useOpenDescriptors(machine: Machine): readonly OpenDescriptor[] {
  const now = openDescriptors(machine);
  const text = now.map(({ fd, count }) => `${fd}${count === null ? ' file' : ''}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says all that there is in the list
  return useMemo(() => now.map(({ fd, count }) => ({ fd, isEventfd: count !== null })), [text]);
}

/** Between the form and acting as a client. */
function ClientButton() {
  const client = useCompose((state) => state.client);
  return (
    <button
      type="button"
      className="mode client-mode"
      aria-pressed={client}
      title="Act as the guest of QEMU, or as DPDK and others, and see what they send (A)"
      onClick={() => showClient(!client)}
    >
      client
    </button>
  );
}

/** True while a field of the form has the focus. */
function isTyping(): boolean {
  return document.activeElement?.matches('.composer > form input') === true;
}

/** Where the ioctl will stand, and the way to change the line that is looked at in place of adding one. */
function LineActions() {
  const { cursor, script } = useSession();
  if (script.length === 0) return null;
  return (
    <div className="line-actions">
      <span className="runs-where">
        {cursor.line < script.length ? `Runs after line ${cursor.line}` : 'Runs at the end'}
      </span>
      {editableLine() !== null && (
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
