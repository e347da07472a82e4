// The composer of VFIO_DEVICE_SET_IRQS: fields, their bytes, and the kernel's result in advance.

import { type FocusEvent, lazy, Suspense, useState } from 'react';
import { isKnown, machineAfter } from '../../../../session/replay.ts';
import { previewOf } from '../../../../text/result.ts';
import type { ByteField } from '../../../../views/composer/draft.ts';
import { vectorCount } from '../../../../views/wiring/rows.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import {
  chooseMode,
  compose,
  composeSlice,
  editableLine,
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
import '../../../ui/completions.css';
import './composer.css';

const RawFields = lazy(() => import('./RawFields.tsx').then((module) => ({ default: module.RawFields })));
const CommandLine = late(async () => (await import('./CommandLine.tsx')).CommandLine);

const RaiseForm = late(async () => (await import('./RaiseForm.tsx')).RaiseForm);
const LineResult = late(async () => (await import('./BesideRun.tsx')).LineResult);
const During = late(async () => (await import('./BesideRun.tsx')).During);

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
          <Suspense fallback={null}>
            <LineResult />
          </Suspense>
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
            <Suspense fallback={null}>
              <During />
            </Suspense>
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
        <Suspense fallback={<div className="command-line" />}>
          <RaiseForm />
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
