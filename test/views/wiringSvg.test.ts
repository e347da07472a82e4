import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/session/replay.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { momentAt } from '../../src/views/wiring/moment.ts';
import { vectorRow, vectorsInUse } from '../../src/views/wiring/rows.ts';
import { rowSentence } from '../../src/views/wiring/sentence.ts';
import { specialRows } from '../../src/views/wiring/specialRows.ts';
import { type WiringColours, wiringSize, wiringSvg } from '../../src/views/wiring/svg.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, sessionOf } from './sessionOf.ts';

const NAMES = [
  ...['ground', 'raised', 'ink', 'soft', 'line', 'edge', 'attached', 'attachedGround', 'cached'],
  ...['cachedGround', 'cachedLine', 'failed', 'failedGround', 'signal', 'signalGround'],
] as const;

const colours: WiringColours = {
  ground: 'ground',
  raised: 'raised',
  ink: 'ink',
  soft: 'soft',
  line: 'line',
  edge: 'edge',
  attached: 'attached',
  attachedGround: 'attachedGround',
  cached: 'cached',
  cachedGround: 'cachedGround',
  cachedLine: 'cachedLine',
  failed: 'failed',
  failedGround: 'failedGround',
  signal: 'signal',
  signalGround: 'signalGround',
};

function pictureOf(session: Session, title = 'Wiring', foot: readonly string[] = []) {
  const moment = momentAt(replay(session), session.cursor);
  const rows = [...vectorsInUse(moment).map((vector) => vectorRow(moment, vector)), ...specialRows(moment)];
  return { rows, msi: false, title, about: 'of a test', foot, colours };
}

const rowsIn = (svg: string) => svg.split('\n').filter((line) => line.startsWith('<g class="row"'));

describe('the picture of the wiring', () => {
  test('contains each row with its texts, wires and bits', () => {
    fc.assert(
      fc.property(
        fc.array(anyLikelyLine, { maxLength: 20 }),
        fc.constantFrom('nvme', 'e1000e'),
        (lines, device) => {
          const script = lines.map((line) => ({ line, note: '', action: '', disabled: false }));
          const session = {
            ...emptySession('dynamic', device),
            script,
            cursor: { line: script.length, step: null },
          };
          const picture = pictureOf(session);
          const drawn = rowsIn(wiringSvg(picture));
          expect(drawn).toHaveLength(picture.rows.length);
          for (const [at, row] of picture.rows.entries()) {
            const text = drawn[at] ?? '';
            expect(text).toContain(`<title>${rowSentence(row)}</title>`);
            expect(text.split('class="wire"').length - 1).toBe(
              row.wires.filter((wire) => wire !== 'none').length,
            );
            if (row.entry !== null)
              expect(text).toContain(`data-masked="${row.entry.masked === true ? 1 : 0}"`);
            for (const cell of [row.eventfd, row.irq])
              if (cell !== null && cell.word !== '') expect(text).toContain(`>${cell.word}</text>`);
            expect(text.includes('url(#cached)')).toBe(row.state === 'cached');
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('shows failed and freed vectors of the line', () => {
    const kept = wiringSvg(pictureOf(sessionOf(FAILED_ASSIGNMENT, 'dynamic')));
    expect(kept).toContain('>fd 999</text>');
    expect(kept).toContain('>cached</text>');
    const freed = wiringSvg(pictureOf(sessionOf(FAILED_ASSIGNMENT, 'v3')));
    expect(freed).toContain('>freed</text>');
    expect(freed).toContain('stroke-dasharray="6 4"');
  });

  test('has the height of its rows and only the given colours', () => {
    const picture = pictureOf(sessionOf(FAILED_ASSIGNMENT), 'a <b> & "c"\u0000', ['one', 'two']);
    const svg = wiringSvg(picture);
    expect(svg).toContain(`height="${wiringSize(picture).height}"`);
    expect(svg).not.toContain('<b>');
    expect(svg).not.toContain('\u0000');
    const used = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour);
    expect(used.filter((one) => !['url(#cached)', ...NAMES].includes(one ?? ''))).toEqual([]);
    expect(wiringSvg(pictureOf(emptySession('dynamic', 'nvme')))).toContain('No row is in use.');
  });
});
