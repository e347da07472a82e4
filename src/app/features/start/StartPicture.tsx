// A small wiring of three vectors, computed by the model: two are attached, one is cached.

import { parseScript } from '../../../formats/notation/parse.ts';
import { withScript } from '../../../session/deviceSpec.ts';
import { replayWhole } from '../../../session/replay.ts';
import { emptySession } from '../../../session/session.ts';
import { momentAt } from '../../../views/wiring/moment.ts';
import type { WiringRow } from '../../../views/wiring/row.ts';
import { vectorRow } from '../../../views/wiring/rows.ts';
import { rowSentence } from '../../../views/wiring/sentence.ts';

const SCRIPT = `
eventfd 100
eventfd 101
eventfd 102
set_irqs msix trigger eventfd 0 [100 101 102]
set_irqs msix trigger eventfd 1 [-1]
raise 2
`;
const VECTORS = [0, 1, 2];

const ROW = 32;
const TOP = 26;
const BOX = 24;
/** Left edge and width of each column. */
const COLUMNS = { eventfd: { x: 1, width: 84 }, irq: { x: 105, width: 124 }, entry: { x: 249, width: 90 } };

/** Returns the rows of the picture. */
function pictureRows(): readonly WiringRow[] {
  const { script } = parseScript(SCRIPT);
  const session = withScript(emptySession('dynamic', 'nvme'), script);
  const moment = momentAt(replayWhole(session), { line: session.script.length, step: null });
  return VECTORS.map((vector) => vectorRow(moment, vector));
}

/** The picture. */
export function StartPicture() {
  const rows = pictureRows();
  const { eventfd, irq, entry } = COLUMNS;
  return (
    <svg
      className="start-picture"
      viewBox={`0 0 ${entry.x + entry.width + 1} ${TOP + rows.length * ROW}`}
      role="img"
      aria-label={`Wiring from eventfd to irq to MSI-X table. ${rows.map(rowSentence).join('. ')}.`}
    >
      <text x={eventfd.x} y="14" className="start-head">
        eventfd
      </text>
      <text x={irq.x} y="14" className="start-head">
        irq
      </text>
      <text x={entry.x} y="14" className="start-head">
        MSI-X table
      </text>
      {rows.map((row, at) => (
        <Row key={row.label} row={row} middle={TOP + at * ROW + ROW / 2} />
      ))}
    </svg>
  );
}

function Row({ row, middle }: { readonly row: WiringRow; readonly middle: number }) {
  const { eventfd, irq, entry } = COLUMNS;
  const [upper, , lower] = row.wires;
  return (
    <g data-state={row.state} data-change={row.change ?? undefined}>
      <line x1={eventfd.x + eventfd.width} x2={irq.x} y1={middle} y2={middle} data-wire={upper} />
      <line x1={irq.x + irq.width} x2={entry.x} y1={middle} y2={middle} data-wire={lower} />
      {row.eventfd !== null && (
        <Box
          {...eventfd}
          middle={middle}
          look={row.eventfd.look}
          text={row.eventfd.text}
          word={row.eventfd.word}
        />
      )}
      {row.irq !== null && (
        <Box {...irq} middle={middle} look={row.irq.look} text={row.irq.text} word={row.irq.word} />
      )}
      <Box {...entry} middle={middle} look={row.entry?.look ?? 'empty'} text={`entry ${row.label}`} word="" />
      <circle
        cx={entry.x + entry.width - 12}
        cy={middle}
        r="4"
        data-masked={row.entry?.masked === true ? true : undefined}
      />
    </g>
  );
}

interface BoxProps {
  readonly x: number;
  readonly width: number;
  readonly middle: number;
  readonly look: string;
  readonly text: string;
  readonly word: string;
}

function Box({ x, width, middle, look, text, word }: BoxProps) {
  return (
    <g data-look={look}>
      <rect x={x} y={middle - BOX / 2} width={width} height={BOX} rx="4" />
      <text x={x + 8} y={middle + 4}>
        {text}
      </text>
      <text x={x + width - 8} y={middle + 4} textAnchor="end" className="start-word">
        {word}
      </text>
    </g>
  );
}
