// Opening a recording of a real kernel: from a file, or one of those that come with the page.

import { useRef } from 'react';
import { Menu } from '../../parts/Menu.tsx';
import { BUILT_IN, openBuiltIn, openFile } from '../../state/builtIn.ts';

/** The menu of recordings. */
export function RecordingMenu() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Menu label="Open…" name="Recordings">
      {(close) => (
        <>
          <p>A recording is what a real kernel did. The model predicts every step beside it.</p>
          <input
            ref={input}
            type="file"
            accept=".jsonl,.gz,.txt,.irq,text/plain"
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
            From a file (.jsonl, .jsonl.gz)
          </button>
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
      )}
    </Menu>
  );
}
