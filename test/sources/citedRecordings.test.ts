// Recordings and scenarios that lessons, scenarios and the glossary cite open in the page.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import { releaseOfTag, sourceParts } from '../../src/views/trace/sources.ts';
import { GLOSSARY } from '../../src/views/words/glossary.ts';

const RELEASE = releaseOfTag('v6.12.117');
const SOURCES: readonly string[] = [
  ...LESSONS.flatMap(({ steps }) => steps.map(({ source }) => source)),
  ...scenarios().map(({ source }) => source),
  ...GLOSSARY.map(({ source }) => source),
];

/** Citations that name several recordings by a pattern, which no single file answers. */
const PATTERN = /^recordings? [a-z-]+-\*/;

describe('a cited recording', () => {
  const cited = SOURCES.flatMap((source) => sourceParts(source, RELEASE)).flatMap(({ text, place }) =>
    place?.kind === 'recording' ? [[text, place] as const] : [],
  );

  test.each(cited)('%s is shipped and has the cited step', (_, { file, line }) => {
    const path = `public/recordings/${file}.jsonl.gz`;
    expect(existsSync(path), path).toBe(true);
    const read = parseRecording(gunzipSync(readFileSync(path)).toString('utf8'));
    expect(read.ok && read.value.steps.length).toBeGreaterThanOrEqual(line);
  });

  test('opens for every citation by name', () => {
    const unopened = SOURCES.flatMap((source) => [...source.matchAll(/\brecordings? [\w/*-]+/g)])
      .map(([text]) => text)
      .filter((text) => !PATTERN.test(text) && !cited.some(([part]) => part.startsWith(text)))
      .filter((text) => !/^recordings? (of|exhaust-\*)/.test(text));
    expect(unopened).toEqual([]);
  });
});

test('every cited scenario exists', () => {
  const ids = new Set(scenarios().map(({ id }) => id));
  const cited = SOURCES.flatMap((source) => sourceParts(source, RELEASE)).flatMap(({ place }) =>
    place?.kind === 'scenario' ? [place.id] : [],
  );
  expect(cited.length).toBeGreaterThan(3);
  expect(cited.filter((id) => !ids.has(id))).toEqual([]);
});
