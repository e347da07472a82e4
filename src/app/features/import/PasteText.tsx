// The field for pasted text in the Open menu, with instructions for recording a trace.

import { useState } from 'react';
import { useApp } from '../../store/appContext.ts';
import { openPasted } from '../../store/opening.ts';
import { RecordTrace } from './RecordTrace.tsx';

/** The field and the instructions. */
export function PasteText({ close }: { readonly close: () => void }) {
  const app = useApp();
  const [text, setText] = useState('');
  return (
    <>
      <label className="paste">
        Or paste text here, or anywhere on the page:
        <textarea
          aria-label="Text to open"
          rows={3}
          spellCheck={false}
          value={text}
          placeholder="notation, QEMU trace, bpftrace, perf, ftrace, strace, dmesg, lspci, /proc/interrupts, recording, patch of vfio_pci_intrs.c"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button
        type="button"
        className="wide"
        disabled={text.trim() === ''}
        onClick={() => {
          void openPasted(app, text);
          setText('');
          close();
        }}
      >
        Open the text
      </button>
      <RecordTrace summary="Record a trace" />
    </>
  );
}
