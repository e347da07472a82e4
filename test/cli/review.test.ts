import { afterEach, expect, test, vi } from 'vitest';
import { reviewCommand } from '../../src/cli/review.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';

function printed(...args: string[]): { readonly status: number; readonly text: string } {
  let text = '';
  const catching = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(catching);
  vi.spyOn(process.stderr, 'write').mockImplementation(catching);
  return { status: reviewCommand(args), text };
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('prints the sentence, the answers with their scripts, the costs and the open questions', () => {
  const { status, text } = printed('--kernel', '6.4', '--against', '6.12');
  expect(status).toBe(0);
  expect(text).toMatch(
    /^6\.4.* against 6\.12\n\nan ioctl result differs after 2 lines: EINVAL against 0; msi_irqs differs after 2 lines; MSI: /,
  );
  expect(text).toContain('client: The process with the device’s descriptor');
  expect(text).toMatch(
    /^ {2}client: Cannot be asked: no assignment of these operations calls vfio_virqfd_enable/m,
  );
  expect(text).toMatch(/^MSI-X: add vector 4 +EINVAL \/ 0 +4 \/ 5 /m);
  expect(text).toContain('No search has these operations, so nothing is said about them: INTx (the pin); ');
}, 120_000);

test('--json has each script in notation, with its results and differences', () => {
  const { status, text } = printed('--generation', 'static', '--against', 'dynamic', '--json');
  expect(status).toBe(0);
  const made = JSON.parse(text);
  expect(made.names).toEqual(['≤ 6.4 static', '≥ 6.5 dynamic']);
  const [client] = made.answers;
  expect(client).toMatchObject({
    condition: { kind: 'usual' },
    respect: 'client',
    verdict: 'found',
    results: [
      { ret: -1, errno: 'EINVAL' },
      { ret: 0, errno: null },
    ],
  });
  const read = parseScript(client.script);
  expect([read.problems, read.script.lines.length]).toEqual([[], 2]);
}, 120_000);

test('an error names the option and the accepted values', () => {
  expect(printed('--kernel', '6.12')).toEqual({
    status: 2,
    text: expect.stringContaining('--against: expected one of static, '),
  });
  expect(printed('--kernel', '9.9', '--against', 'v3').text).toContain('--kernel: expected one of ');
  expect(printed('--kernel', '6.12', '--against', 'v3', '--vectors', '4')).toMatchObject({ status: 2 });
});
