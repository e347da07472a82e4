// The panel that opens a person's file or text, or a recording that comes with the page.

import { useRef } from 'react';
import { PasteText } from '../../features/import/PasteText.tsx';
import { useApp } from '../../store/appContext.ts';
import { BUILT_IN, openBuiltIn } from '../../store/builtIn.ts';
import { openFile, prepareToOpen } from '../../store/opening.ts';

/** The panel of the menu. */
export function OpenPanel({ close }: { readonly close: () => void }) {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <p>
        A script in notation, a trace of QEMU or of a kernel probe, the output of strace, a recording of a
        real kernel, which irqscope compares with the model, or a patch of vfio_pci_intrs.c.
      </p>
      <input
        ref={input}
        type="file"
        aria-label="Recording file"
        className="hidden"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void openFile(app, file);
          event.target.value = '';
          close();
        }}
      />
      <button
        type="button"
        className="wide"
        onClick={() => {
          prepareToOpen(app);
          input.current?.click();
        }}
      >
        Open a file, plain or gzip
      </button>
      <PasteText close={close} />
      <p>
        <a href="recorder/index.html">Record your own device</a> with a small C program.
      </p>
      <ul className="menu-list line-above" aria-label="Built-in recordings">
        {BUILT_IN.map((recording) => (
          <li key={recording.file}>
            <button
              type="button"
              onClick={() => {
                close();
                void openBuiltIn(app, recording);
              }}
            >
              <span>{recording.about}</span> <small>{recording.kernel}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
