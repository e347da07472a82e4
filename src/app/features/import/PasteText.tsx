// The field for pasted text in the Open menu, with instructions for recording a trace.

import { useState } from 'react';
import { useApp } from '../../store/appContext.ts';
import { openPasted } from '../../store/opening.ts';

/** The bpftrace script and the library that come with the page, and the page about all tools. */
const PROBE = 'import/vfio-irqs.bt';
const PRELOAD = 'import/vfio-irqs-preload.c';
const TOOLS = 'import/index.html';

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
          placeholder="notation, QEMU trace, bpftrace, perf, ftrace, strace, recording"
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
      <details className="probe">
        <summary>Record a trace</summary>
        <p>
          Any program, with the kernel probe{' '}
          <a href={PROBE} download="vfio-irqs.bt">
            vfio-irqs.bt
          </a>
          :
        </p>
        <pre tabIndex={0}>sudo bpftrace vfio-irqs.bt PID &gt; irqs.log</pre>
        <p>
          A program of your own without root, with{' '}
          <a href={PRELOAD} download="vfio-irqs-preload.c">
            vfio-irqs-preload.c
          </a>
          :
        </p>
        <pre tabIndex={0}>
          cc -shared -fPIC -o vfio-irqs-preload.so vfio-irqs-preload.c -ldl{'\n'}
          VFIO_IRQS=irqs.log LD_PRELOAD=$PWD/vfio-irqs-preload.so PROGRAM
        </pre>
        <p>QEMU, with its own events:</p>
        <pre tabIndex={0}>qemu-system-x86_64 … -trace 'vfio_*' -D qemu.log</pre>
        <p>
          <a href={TOOLS}>ftrace, perf, trace-cmd and strace</a>
        </p>
      </details>
    </>
  );
}
