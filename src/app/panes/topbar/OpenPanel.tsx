// What can be opened: a file or text of the person, or a recording that comes with the page.

import { useRef } from 'react';
import { BUILT_IN, openBuiltIn, openFile } from '../../state/builtIn.ts';
import { PasteText } from '../import/PasteText.tsx';

/** The panel of the menu. */
export function OpenPanel({ close }: { readonly close: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <p>
        A script in notation, a trace of QEMU or of a kernel probe, the text of strace, or a recording, by
        which the model is compared with a real kernel.
      </p>
      <input
        ref={input}
        type="file"
        aria-label="Recording file"
        className="hidden"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void openFile(file);
          event.target.value = '';
          close();
        }}
      />
      <button type="button" className="wide" onClick={() => input.current?.click()}>
        From a file, also packed by gzip
      </button>
      <PasteText close={close} />
      <p>
        <a href="recorder/index.html">Record your own device</a> with a small C program.
      </p>
      <ul className="menu-list" aria-label="Built-in recordings">
        {BUILT_IN.map((recording) => (
          <li key={recording.file}>
            <button
              type="button"
              onClick={() => {
                close();
                void openBuiltIn(recording);
              }}
            >
              <span className="recording-about">{recording.about}</span> <small>{recording.kernel}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
