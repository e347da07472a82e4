import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printMail } from '../../src/formats/review/mail.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { firstDifference } from '../../src/session/firstDifference.ts';
import { replayWhole } from '../../src/session/replay.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { explain } from '../../src/views/compare/explain.ts';
import { laneLabels } from '../../src/views/compare/labels.ts';
import { statementText } from '../../src/views/compare/statement.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';
import { anySession } from './arbitraries.ts';

const LINK = `https://example.org/irqscope/#v2=${'x'.repeat(300)}`;

function mail(session: Session, link: string | null = LINK): string {
  const { lanes, divergence, line, runs } = firstDifference(session);
  const labels = laneLabels(lanes, null);
  const statements = line === null ? [] : explain(divergence, line, labels).map(statementText);
  return printMail(session, replayWhole(session), { labels, line, runs, statements }, link);
}

const tooLong = (text: string) => text.split('\n').filter((line) => [...line].length > 72 && line !== LINK);

describe('a mail', () => {
  test('has at most 72 columns except for the link, which is alone in its line', () => {
    for (const { script } of scenarios()) {
      const text = mail(withScript(emptySession('dynamic', 'nvme'), script));
      expect(tooLong(text)).toEqual([]);
      expect(text.split('\n').filter((line) => line === LINK)).toHaveLength(1);
      // our own text is ASCII
      expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    }
    fc.assert(
      fc.property(anySession, (session) => {
        // a machine cannot be built from random facts, but a mail can be printed for any script
        const { setup } = emptySession(session.generation, 'nvme');
        expect(
          tooLong(mail({ ...session, setup: { ...session.setup, device: setup.device, host: setup.host } })),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('contains script, results, checks and the first differing line', () => {
    const text = mail(sessionOf(FAILED_ASSIGNMENT, 'dynamic'));
    expect(text).toContain('    4  set_irqs msix trigger eventfd 0 [100 101 102] = 0\n');
    expect(text).toContain('    5  set_irqs msix trigger eventfd 1 [999] = -1 EBADF\n');
    expect(text).toMatch(/The\s+first\s+line\s+that\s+differs\s+in\s+result\s+or\s+state\s+is\s+line\s+5:/);
    expect(text).toMatch(/^ {4}<= 6\.4 static +-1 EBADF$/m);
    expect(text).toMatch(/^- .*irq/m);
  });

  test.each(['track', 'hold'] as const)('states that no kernel has %s, and compares it too', (id) => {
    const text = mail(sessionOf(FAILED_ASSIGNMENT, id));
    expect(text).toContain(`No kernel has ${id} (proposed): the debate of 2023 only names it.`);
    expect(text).toMatch(new RegExp(`^ {4}${id} \\(proposed\\) +-1 EBADF$`, 'm'));
    expect(tooLong(text)).toEqual([]);
    expect(mail(sessionOf(FAILED_ASSIGNMENT, 'v3'))).not.toContain('No kernel has');
  });

  test('reports kernels with equal results', () => {
    expect(mail(sessionOf('eventfd 100\nclose 100'), null)).toContain('is the same on all of them');
    expect(mail(sessionOf('~ reset'))).toContain('~ reset skipped');
  });
});
