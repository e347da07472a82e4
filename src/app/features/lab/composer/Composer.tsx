// The composer of VFIO_DEVICE_SET_IRQS: fields, their bytes, and the kernel's result in advance.

import { type FocusEvent, lazy, Suspense, useState } from 'react';
import { shortLineParts } from '../../../../formats/shortLine.ts';
import { isKnown, machineAfter, runAt } from '../../../../session/replay.ts';
import { previewOf } from '../../../../text/result.ts';
import type { ByteField } from '../../../../views/composer/draft.ts';
import { vectorCount } from '../../../../views/wiring/rows.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import {
  chooseMode,
  compose,
  composeSlice,
  editableLine,
  reveal,
  runComposed,
  tryLine,
  useComposed,
} from '../../../store/compose.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { late } from '../../../ui/late.ts';
import { FormFields } from './FormFields.tsx';
import { MoreButton } from './MoreButton.tsx';
import { useOpenDescriptors } from './openDescriptors.ts';
import { freeFd } from './operationCommands.ts';
import { RaiseForm } from './RaiseForm.tsx';
import '../../../ui/completions.css';
import './composer.css';

const RawFields = lazy(() => import('./RawFields.tsx').then((module) => ({ default: module.RawFields })));
const CommandLine = late(async () => (await import('./CommandLine.tsx')).CommandLine);

export function Composer() {
  const app = useApp();
  const mode = useSlice(composeSlice, (state) => state.mode);
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
  return (
    <section className="pane composer" aria-labelledby="composer-heading">
      <div className="pane-head">
        <h2 id="composer-heading">VFIO_DEVICE_SET_IRQS</h2>
        {mode === 'raw' && (
          <button type="button" title="The fields of the header (B)" onClick={() => chooseMode(app, 'form')}>
            Back to the form
          </button>
        )}
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
        <div className="composer-run">
          <LineResult />
          <div className="flex gap-6">
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
            <During />
          </div>
          <div className="preview" {...hints}>
            {'wrong' in read ? (
              <p className="failed">{read.wrong}</p>
            ) : (
              <p id="composer-preview">
                <span className={preview?.failed === true ? 'failed' : 'fine'}>{preview?.answer}</span>{' '}
                {preview?.effect}
              </p>
            )}
          </div>
        </div>
      </form>
      <LineActions />
      <div className="composer-line flex gap-4">
        <RaiseForm />
        <Suspense fallback={<div className="command-line" />}>
          <CommandLine open={open} vectors={vectorCount(machine)} />
        </Suspense>
      </div>
      <MoreButton
        set={'wrong' in read ? null : read.set}
        lit={lit}
        onPoint={setLit}
        open={open}
        freeFd={free}
        isOpened={machine.openCount > 0}
      />
    </section>
  );
}

/** The result of the current line, where one pane is shown at a time and the script is not in view. */
function LineResult() {
  const { cursor, script } = useSession();
  const entry = script[cursor.line - 1];
  const run = runAt(useReplay(), cursor.line);
  if (entry === undefined || run === null) return null;
  const { operation, result } = shortLineParts(entry.line.op, run);
  return (
    <p className="composer-result small gap-6">
      <span className="cut">
        Line {cursor.line}: {operation}
      </span>
      <b className={run.errno === null ? 'rigid' : 'rigid alarm'}>{result}</b>
    </p>
  );
}

/** The faults and interrupts of the composed ioctl; they are chosen under the other operations. */
function During() {
  const app = useApp();
  const faults = useSlice(composeSlice, (state) => state.faults.length);
  const raises = useSlice(composeSlice, (state) => state.raises.length);
  return (
    <>
      {faults > 0 && (
        <button type="button" title="Faults during the call" onClick={() => reveal(app, 'faults')}>
          fault: {faults}
        </button>
      )}
      {raises > 0 && (
        <button type="button" title="Interrupts during the call" onClick={() => reveal(app, 'raises')}>
          interrupt: {raises}
        </button>
      )}
    </>
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
