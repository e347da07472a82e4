// The lab on paper: script, wiring, kernel calls and timeline as a document. The lists of the screen draw only rows in sight
// and have the screen's width, so printing draws a separate document.

import { useLayoutEffect, useRef } from 'react';
import { meanwhileText, shortLine } from '../../../../formats/shortLine.ts';
import { framesOf, type Replay, runAt } from '../../../../session/replay.ts';
import { counted } from '../../../../text/numbers.ts';
import { traceLines } from '../../../../views/trace/lines.ts';
import { useApp } from '../../../store/appContext.ts';
import { useSession } from '../../../store/lab.ts';
import { useMoment, useReplay } from '../../../store/useMoment.ts';
import { printedTimeline } from '../../../ui/timeline/savePicture.ts';
import { PaperRows } from '../../../ui/wiring/PaperRows.tsx';
import './print.css';

/** Lines of a script on paper; longer scripts end with the number of omitted lines. */
const MOST_LINES = 1000;

export function PrintedLab() {
  const session = useSession();
  const replayed = useReplay();
  const moment = useMoment();
  const { cursor, script, setup } = session;
  const calls = traceLines(framesOf(replayed, cursor.line), runAt(replayed, cursor.line));
  return (
    <article className="printed">
      <h1>
        irqscope: {setup.deviceName}, {replayed.generation.label}
      </h1>
      <h2>Script</h2>
      <PrintedScript replayed={replayed} current={cursor.line} />
      <section>
        <h2>Wiring {cursor.line === 0 ? 'at the start' : `after line ${cursor.line}`}</h2>
        <PaperRows moment={moment} />
      </section>
      {calls.length > 0 && (
        <>
          <h2>Kernel calls of line {cursor.line}</h2>
          <pre>
            {calls.map(({ depth, fn, args, ret }) => `${'  '.repeat(depth)}${fn}(${args})${ret}`).join('\n')}
          </pre>
        </>
      )}
      {script.length > 0 && (
        <section>
          <h2>Timeline</h2>
          <PrintedTimeline />
        </section>
      )}
    </article>
  );
}

function PrintedScript({ replayed, current }: { readonly replayed: Replay; readonly current: number }) {
  const { script } = replayed;
  return (
    <>
      <ol>
        {script.slice(0, MOST_LINES).map((entry, at) => {
          const run = runAt(replayed, at + 1);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
              key={at}
              aria-current={at + 1 === current ? 'step' : undefined}
              className={run?.errno == null ? undefined : 'failed'}
            >
              {entry.action !== '' && <small>@ {entry.action}</small>}
              {entry.disabled && 'skipped: '}
              {shortLine(entry.line.op, run)}
              {meanwhileText(entry.line)}
              {entry.note !== '' && <small># {entry.note}</small>}
            </li>
          );
        })}
      </ol>
      {script.length > MOST_LINES && <p>… and {counted(script.length - MOST_LINES, 'more line')}</p>}
    </>
  );
}

/** The picture that is saved as SVG, in the colours of paper. Its styles are attributes, which the page's policy allows. */
function PrintedTimeline() {
  const app = useApp();
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { documentElement } = new DOMParser().parseFromString(printedTimeline(app), 'image/svg+xml');
    ref.current?.replaceChildren(documentElement);
  }, [app]);
  return <div ref={ref} className="printed-timeline" />;
}
