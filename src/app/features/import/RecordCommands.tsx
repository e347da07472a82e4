// Instructions for recording a trace: a command with a copy button for each way.

import { useState } from 'react';
import { useApp } from '../../store/appContext.ts';
import { announce } from '../../ui/useAnnounced.ts';
import { CAPTURES, PRELOAD, PROBE, TOOLS } from './captures.ts';

/** The instructions. */
export function RecordCommands() {
  const app = useApp();
  const [copied, setCopied] = useState('');
  const copy = async (command: string) => {
    const done = await app.services.copyText(command);
    if (done) setCopied(command);
    announce(app, done ? 'The command is copied.' : 'The browser blocks copying.');
  };
  return (
    <>
      <p>
        The kernel probe:{' '}
        <a href={PROBE} download="vfio-irqs.bt">
          vfio-irqs.bt
        </a>
        ; without root:{' '}
        <a href={PRELOAD} download="vfio-irqs-preload.c">
          vfio-irqs-preload.c
        </a>
        ; <a href={TOOLS}>ftrace, perf, trace-cmd and strace</a>
      </p>
      <ul>
        {CAPTURES.map(({ what, command, rights }) => (
          <li key={command}>
            <p>
              {what}. {rights}
            </p>
            <pre tabIndex={0}>{command}</pre>
            <button type="button" aria-label={`Copy ${command}`} onClick={() => void copy(command)}>
              {copied === command ? 'Copied' : 'Copy'}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
