import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BUILT_IN } from '../../src/app/store/builtIn.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { differingLines } from '../../src/recordings/opened.ts';
import { openingRecording } from '../../src/recordings/opening.ts';
import { replay, runAt } from '../../src/session/replay.ts';
import { compareStep, mismatchSentence, recordedCalls } from '../../src/views/recording/comparison.ts';

function textOf(file: string): string {
  return gunzipSync(readFileSync(`public/recordings/${file}.jsonl.gz`)).toString();
}

function opened(text: string) {
  const parsed = parseRecording(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const opening = openingRecording(parsed.value);
  for (;;) {
    const { done, value } = opening.next();
    if (done === true) return value;
  }
}

test.each(BUILT_IN.map(({ file }) => file))('the model agrees with the built-in recording %s', (file) => {
  expect(opened(textOf(file)).mismatches).toEqual([]);
});

test('a kernel with other results is shown field by field', () => {
  const text = textOf('dynamic-bad-attached-single').replace('"errno":"EBADF"', '"errno":"EINVAL"');
  const recording = opened(text);
  expect(mismatchSentence(recording)).toMatch(/^1 mismatch at 1 step in \d+ steps$/);
  const [line = 0] = differingLines(recording);
  const run = runAt(replay(recording.session), line);
  if (run === null || run === undefined) throw new Error('no run');
  expect(compareStep(recording, line, run)).toMatchObject({
    kernelResult: '-1 EINVAL',
    modelResult: '-1 EBADF',
    differences: [{ field: 'errno', kernel: 'EINVAL', model: 'EBADF' }],
  });
});

test('recorded calls read as the call trace does', () => {
  const recording = opened(textOf('v3-bad-number-stolen')).recording;
  const step = recording.steps[6];
  if (step === undefined) throw new Error('no step 6');
  expect(recordedCalls(step).at(-1)).toBe('    vfio_msi_set_vector_signal(vector=1, fd=-1)');
});
