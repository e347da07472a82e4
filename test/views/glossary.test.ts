import { expect, test } from 'vitest';
import { GLOSSARY, termOf } from '../../src/views/words/glossary.ts';

test('each spelling stands for one term, and each term is one sentence with a source', () => {
  const spellings = GLOSSARY.flatMap(({ term, also }) => [term, ...also]).map((word) => word.toLowerCase());
  expect(new Set(spellings).size).toBe(spellings.length);
  for (const { text, source } of GLOSSARY) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/[.!?] [A-Z]/);
    expect(source.length).toBeGreaterThan(5);
  }
});

test('the terms are in alphabetical order', () => {
  const terms = GLOSSARY.map(({ term }) => term.toLowerCase());
  expect(terms).toEqual([...terms].sort((a, b) => a.localeCompare(b, 'en')));
});

test('a term is found by any of its spellings, in any case', () => {
  expect(termOf('VFIO_IRQ_INFO_NORESIZE')?.term).toBe('NORESIZE');
  expect(termOf('PBA')?.term).toBe('pending');
  expect(termOf('nothing of the kind')).toBeNull();
});
