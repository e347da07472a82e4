// The kernels and hosts on which a script has the results of its trace.
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { kernelById } from '../../src/kernel/kernels.ts';
import { agreementsOf, isSameMachine, setupOn } from '../../src/session/agreement.ts';
import { scriptSetup } from '../../src/session/scriptMachine.ts';
import { searchTraced } from '../../src/session/traced.ts';
import { agreementSentence, groupAgreements, groupText, tracedSentence } from '../../src/text/agreement.ts';

function agreement(text: string) {
  const { script, problems } = parseScript(text);
  expect(problems).toEqual([]);
  const made = scriptSetup(script.device, null);
  if (!made.ok) throw new Error('an unknown device');
  const { setup, generation } = made.value;
  const searching = searchTraced({ setup, generation: generation.id }, script.lines);
  let step = searching.next();
  while (step.done !== true) step = searching.next();
  return { count: step.value, agreements: agreementsOf(setup, script.lines) };
}

const groups = (text: string) => groupAgreements(agreement(text).agreements.agree).map(groupText);

describe('the search', () => {
  test('names ≤ 6.4, and later kernels without dynamic allocation, for a refused second vector', () => {
    const { count, agreements } = agreement(`device nvme dynamic
eventfd 6
eventfd 7
set_irqs msix trigger eventfd 0 [6] # => 0
set_irqs msix trigger eventfd 3 [7] # => -1 EINVAL
`);
    expect(count).toEqual({ observed: 2, differ: [4] });
    expect(tracedSentence(count)).toBe('1 of 2 results differs, at line 4');
    expect(agreementSentence(agreements)).toBe(
      'The traced results agree with ≤ 6.4, or with ≥ 6.5 without dynamic allocation.',
    );
  });

  test('explains fewer MSI vectors by remapping, or by a shortage of irqs or CPU vectors', () => {
    expect(
      groups(`device xhci dynamic
eventfd 6
eventfd 7
eventfd 8
eventfd 9
set_irqs msi trigger eventfd 0 [6 7 8 9] # => 1
set_irqs msi trigger eventfd 0 [6] # => 0
`),
    ).toEqual([
      'every release without interrupt remapping',
      'every release on a host with 1 irq left',
      'every release on a host with 1 CPU vector left',
    ]);
  });

  test('combines two changes when one does not explain all results', () => {
    const { agreements } = agreement(`device nvme dynamic
eventfd 6
eventfd 7
reset # => -1 EINVAL
set_irqs msix trigger eventfd 0 [6] # => 0
set_irqs msix trigger eventfd 3 [7] # => -1 EINVAL
`);
    const text = agreementSentence(agreements);
    expect(text).toContain('≤ 6.4 with a device that cannot be reset');
    expect(text).toMatch(
      /≥ 6\.5 (?:without dynamic allocation with a device that cannot be reset|with a device that cannot be reset without dynamic allocation)/,
    );
  });

  test('compares values only as far as the trace shows them', () => {
    expect(agreement('device nvme dynamic\nirq_info msix # => 0 flags=0x9\n').count.differ).toEqual([1]);
    expect(groups('device nvme dynamic\nirq_info msix # => 0 flags=0x1\n')).toEqual(['≥ 6.5']);
    expect(groups('device nvme dynamic\nirq_info msix # => 0 count=8\n')).toEqual(['every release']);
    expect(groups('device nvme dynamic\nirq_info msix # => 0 count=9\n')).toEqual([]);
  });

  test('says that no release agrees', () => {
    expect(agreementSentence(agreement('device nvme dynamic\nreset # => -1 EPIPE\n').agreements)).toBe(
      'No release gives all traced results, even with one or two changes to host and device.',
    );
  });
});

test('a search stays valid on another release, and not on another host or device', () => {
  const made = scriptSetup(null, null);
  if (!made.ok) return expect.fail('no device');
  const { setup } = made.value;
  const kernel = kernelById('5.10') ?? expect.fail('no kernel');
  expect(isSameMachine(setup, setupOn(setup, kernel, []))).toBe(true);
  expect(isSameMachine(setup, { ...setup, host: { ...setup.host, pinShared: 'exclusive' } })).toBe(false);
  expect(isSameMachine(setup, { ...setup, host: { ...setup.host, canAllocDyn: false } })).toBe(false);
  expect(isSameMachine(setup, { ...setup, device: { ...setup.device, reset: false } })).toBe(false);
});
