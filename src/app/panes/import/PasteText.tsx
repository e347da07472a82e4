// A place for a text that is pasted or typed, and the script with which a kernel is asked for one.

import { useState } from 'react';
import { openPasted } from '../../state/builtIn.ts';

/** The file that asks the kernel, below the page. */
const PROBE = 'import/vfio-irqs.bt';

/** The place for a text. */
export function PasteText({ close }: { readonly close: () => void }) {
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
          placeholder="notation, QEMU trace, bpftrace, perf, ftrace, strace, recording"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button
        type="button"
        className="wide"
        disabled={text.trim() === ''}
        onClick={() => {
          void openPasted(text);
          setText('');
          close();
        }}
      >
        Open the text
      </button>
      <details className="probe">
        <summary>Get a trace of your own</summary>
        <p>
          Any program, by kernel probe with{' '}
          <a href={PROBE} download="vfio-irqs.bt">
            vfio-irqs.bt
          </a>
          :
        </p>
        <pre tabIndex={0}>sudo bpftrace vfio-irqs.bt PID &gt; irqs.log</pre>
        <p>QEMU, by its own events:</p>
        <pre tabIndex={0}>qemu-system-x86_64 … -trace 'vfio_*' -D qemu.log</pre>
      </details>
    </>
  );
}
