// The facts of a release in words.
import { expect, test } from 'vitest';
import { FACT_WORDS } from '../../src/kernel/releaseSources.ts';
import { releaseWords } from '../../src/text/releaseFacts.ts';

test('marks read facts as not recorded, and names value and source', () => {
  const rows = releaseWords('7.3').rows;
  expect(rows).toHaveLength(FACT_WORDS.length);
  expect(rows.find(({ name }) => name === 'errIndex')).toMatchObject({ value: 'any', evidence: 'recorded' });
  expect(rows.find(({ name }) => name === 'pinCheck')).toMatchObject({
    value: 'has irq',
    evidence: 'read, not recorded',
  });
  expect(rows.find(({ name }) => name === 'resetWarns')?.value).toBe('yes');
});
