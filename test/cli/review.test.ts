import { afterEach, expect, test, vi } from 'vitest';
import { parseReview } from '../../src/cli/exploreArguments.ts';
import { reviewCommand } from '../../src/cli/review.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { reviewOfKernels } from '../explore/reviewOf.ts';

function printed(...args: string[]): { readonly status: number; readonly text: string } {
  let text = '';
  const catching = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(catching);
  vi.spyOn(process.stderr, 'write').mockImplementation(catching);
  return { status: reviewCommand(args, reviewOfKernels), text };
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
});

test('--json has each script in notation, with its results and differences', () => {
  const { status, text } = printed('--kernel', '6.4', '--against', '6.12', '--json');
  expect(status).toBe(0);
  const made = JSON.parse(text);
  expect(made.names).toEqual(['6.4 as released', '6.12']);
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
});

test('--mail is a mail with the answers as facts, --program a C program that tells the kernels apart', () => {
  const mail = printed('--kernel', 'v3', '--against', '6.12', '--mail');
  expect(mail.status).toBe(0);
  const lines = mail.text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(25);
  expect(lines.filter((line) => line.length > 72)).toEqual([]);
  const told = mail.text.replaceAll(/\s+/g, ' ');
  expect(told).toMatch(
    /^When eventfd_ctx_fdget\(\) fails with -EBADF in vfio_msi_set_vector_signal\(\), V3 patch frees the irq of vector 0 and 6\.12 keeps it\. /,
  );
  expect(told).toMatch(
    /- no difference found in: ioctl results and signals \(\d+ states\), MSI \(\d+ states\), NORESIZE \(\d+ states\)/,
  );
  expect(told).toMatch(/- msi_irqs and \/proc: msi_irqs differs after \d lines/);
  expect(told).toMatch(/- shortage of irqs: 0 against ENOSPC with 1 irq/);
  const { text } = printed('--kernel', 'v3', '--against', '6.12', '--program');
  expect(text).toContain('kernels[KERNELS] = { "V3 patch", "6.12" }');
  expect(text).toContain('tell_msi_irqs(2, (const int[KERNELS]){ 0, 1 });');
});

test('--generation and --against take generations too', () => {
  const read = parseReview(['--generation', 'static', '--against', 'dynamic']);
  expect(read).toMatchObject({
    ok: true,
    value: {
      a: { generation: { id: 'static' }, kernel: null },
      b: { generation: { id: 'dynamic' }, kernel: null },
    },
  });
});

test('one form is printed', () => {
  expect(printed('--kernel', '6.12', '--against', 'v3', '--mail', '--json')).toEqual({
    status: 2,
    text: expect.stringContaining('one of --json, --mail and --program'),
  });
});

test('an error names the option and the accepted values', () => {
  expect(printed('--kernel', '6.12')).toEqual({
    status: 2,
    text: expect.stringContaining('--against: expected one of static, '),
  });
  expect(printed('--kernel', '9.9', '--against', 'v3').text).toContain('--kernel: expected one of ');
  expect(printed('--kernel', '6.12', '--against', 'v3', '--vectors', '4')).toMatchObject({ status: 2 });
});
