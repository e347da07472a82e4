// Imports the TAP output of kernel selftests: of tools/testing/selftests/vfio, and of fixtures that irqscope exports
// (formats/c/selftest.ts). It names tests and results; SET_IRQS with its arguments is not in it, so the script has no lines.

import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import type { DeviceSpec } from '../../../session/script.ts';
import { counted } from '../../../text/numbers.ts';
import {
  bad,
  type ImportEnd,
  type ImportFormat,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from '../format.ts';
import { addressIn } from './address.ts';
import { specOf } from './device.ts';
import { EXAMINED } from './passage.ts';
import { MSI_VECTORS_MAX } from './tableScript.ts';

/** TAP of kernel selftests. */
export const KSELFTEST: ImportFormat = {
  id: 'kselftest',
  label: 'kselftest (TAP)',
  thing: 'kselftest output',
  travels: true,
  isState: true,
  mark: (text) => {
    const line = text.slice(0, EXAMINED);
    return (
      /^(?:# ?)*TAP version 1[34]\b/.exec(line)?.[0] ??
      /\bselftests: vfio: \S+/.exec(line)?.[0] ??
      /^(?:# ?)* *RUN +\S+/.exec(line)?.[0] ??
      /^(?:# ?)*(?:not )?ok \d+ .*\b(?:vfio_\w+|irqs)[.:]\S*/.exec(line)?.[0] ??
      null
    );
  },
  begin: () => ({ open: () => new TapReader() }),
};

/** The most vectors that vfio_pci_irq_test enables (MAX_TEST_MSI). */
const TESTED_VECTORS = 16;

/** Numbers of results. */
type Results = Record<'ok' | 'failed' | 'skipped', number>;

class TapReader implements ImportReader {
  #line = 0;
  #plan: number | null = null;
  /** The results of tests, and of the programs that contain them. */
  readonly #tests: Results = { ok: 0, failed: 0, skipped: 0 };
  readonly #programs: Results = { ok: 0, failed: 0, skipped: 0 };
  /** The numbers of script lines that differed, from irqscope's fixtures. */
  readonly #differed: number[] = [];
  readonly #enabled = new Map<'msi' | 'msix', number>();
  readonly #unsupported = new Set<'msi' | 'msix'>();
  #address: string | null = null;
  #setIrqsFailed = false;
  /** The last mismatch: an EXPECT of the harness, before the words of the script's line. */
  #mismatch = '';

  add(text: string): readonly Outcome[] {
    this.#line++;
    if (text.trim() === '') return [passed('empty')];
    return [this.#outcome(text.slice(0, EXAMINED))];
  }

  end(): ImportEnd {
    return { outcomes: [], device: this.#device(), assumed: this.#sentences() };
  }

  #outcome(text: string): Outcome {
    const nested = /^(?:# ?)*/.exec(text)?.[0].length ?? 0;
    const said = text.slice(nested).trimEnd();
    const isNested = nested > 0;
    this.#address ??= addressIn(said);
    if (/^TAP version/.test(said)) return passed('the version of the format');
    const plan = /^1\.\.(\d{1,6})(?: # SKIP (.*))?$/.exec(said);
    if (plan !== null) {
      this.#plan ??= Number(plan[1]);
      return passed(
        plan[2] === undefined ? `${counted(Number(plan[1]), 'test')} planned` : `all skipped: ${plan[2]}`,
      );
    }
    const result = /^(not ok|ok) (\d{1,6})(?: -)? ?(.*)$/.exec(said);
    if (result !== null) return this.#result(result);
    if (/^(?:not ok|ok|not|1\.\.)\s*\d*$/.test(said) && !isNested) {
      return bad(this.#line, text.length + 1, 'a test number and a name', shown(''));
    }
    return passed(this.#words(said.trimStart()));
  }

  #result([, word = '', , rest = '']: readonly string[]): Outcome {
    const [name = '', directive] = rest.split(/ # (?=SKIP|XFAIL|TODO|exit|TIMEOUT|error)/);
    const isSkip = directive?.startsWith('SKIP') === true;
    const kind = isSkip ? 'skipped' : word === 'ok' ? 'ok' : 'failed';
    // the lines of a program's tests are nested below its own result
    const results = name.startsWith('selftests: ') ? this.#programs : this.#tests;
    results[kind]++;
    const why =
      directive === undefined ? '' : ` (${directive.replace(/^(?:SKIP|XFAIL) ?/, '')})`.replace(' ()', '');
    return passed(`${name === '' ? 'a test' : name.trim()}: ${kind === 'ok' ? 'passed' : kind}${why}`);
  }

  #words(said: string): string {
    const enabled = /^MSI(-x)?: enabled (\d{1,4}) interrupts/i.exec(said);
    if (enabled !== null) {
      const mode = enabled[1] === undefined ? 'msi' : 'msix';
      const count = Number(enabled[2]);
      this.#enabled.set(mode, count);
      return `vfio_pci_irq_test: SET_IRQS bound ${counted(count, 'eventfd')} from vector 0 on; it then triggers each vector, reads 1, and disables the mode`;
    }
    const lacking = /MSI(-x)?: not supported/i.exec(said);
    if (lacking !== null) {
      this.#unsupported.add(lacking[1] === undefined ? 'msi' : 'msix');
      return `the device has no MSI${lacking[1] === undefined ? '' : '-X'}`;
    }
    const expected = /:Expected (.+) \((-?\w+)\) (==|!=|<|>|<=|>=) (.+) \((-?\w+)\)$/.exec(said);
    if (expected !== null) {
      const [, , want = '', sign = '', expression = '', seen = ''] = expected;
      this.#mismatch = `${shown(expression, 40)} is ${seen}, expected ${sign === '==' ? '' : `${sign} `}${want}`;
      return `a check failed: ${this.#mismatch}`;
    }
    const line = /:line (\d{1,7}): (.+)$/.exec(said) ?? /^line (\d{1,7}): (.+)$/.exec(said);
    if (line !== null) {
      const number = Number(line[1]);
      if (this.#differed.at(-1) !== number) this.#differed.push(number);
      const seen = this.#mismatch;
      this.#mismatch = '';
      return `line ${number} of the exported script, ${shown(line[2] ?? '', 60)}${seen === '' ? ' differs' : `: ${seen}`}`;
    }
    if (/VFIO_DEVICE_SET_IRQS/.test(said)) {
      this.#setIrqsFailed = true;
      return 'a SET_IRQS of the test library failed; its arguments are not in the line';
    }
    const errno = /^\[errno: (\d+) - (.*)\]$/.exec(said);
    if (errno !== null) return `errno ${errno[1]}: ${errno[2]}`;
    if (/Assertion Failure|^Expression:|^Observed:/.test(said)) return 'a check of the test library failed';
    const run = /^RUN\s+(\S+)/.exec(said)?.[1];
    if (run !== undefined) return `test ${run} begins`;
    const end = /^(OK|FAIL|SKIP)\s+(\S.*)$/.exec(said);
    if (end !== null)
      return `${end[2]}: ${end[1] === 'OK' ? 'passed' : end[1] === 'FAIL' ? 'failed' : 'skipped'}`;
    const totals = /^Totals:\s*(.*)$/.exec(said)?.[1];
    if (totals !== undefined) return `the totals: ${totals}`;
    if (/^(?:Starting|FAILED|PASSED):?\s/.test(said)) return 'the number of tests';
    if (/^selftests: \S+ \S+/.test(said)) return `the program ${said.replace(/^selftests: /, '')}`;
    if (/^timeout set to/.test(said)) return 'the time limit of the tests';
    if (/terminated (?:unexpectedly|by)|timed out|timeout/i.test(said)) return 'the test ended early';
    return /irq|msi|eventfd/i.test(said)
      ? 'output of a test about interrupts, in a form that irqscope does not know'
      : 'output of a test';
  }

  #device(): DeviceSpec | null {
    if (this.#enabled.size === 0 && this.#unsupported.size === 0) return null;
    const count = (mode: 'msi' | 'msix', most: number) => {
      if (this.#unsupported.has(mode)) return 0;
      const found = this.#enabled.get(mode);
      return found === undefined || found < 1 || found > most ? null : found;
    };
    const msi = count('msi', MSI_VECTORS_MAX);
    return specOf({
      msix: count('msix', MSIX_VECTORS_MAX),
      msi: msi === null || msi === 0 ? msi : 2 ** Math.ceil(Math.log2(msi)),
      intx: null,
      facts: this.#address === null ? [] : [{ path: 'device.bdf', value: this.#address }],
    });
  }

  #sentences(): readonly string[] {
    const hasPrograms = totalOf(this.#programs) > 0;
    const results = totalOf(this.#tests) > 0 ? this.#tests : this.#programs;
    const { ok, failed, skipped } = results;
    const sentences = [
      `${counted(totalOf(results), 'result')}: ${ok} passed, ${failed} failed, ${skipped} skipped.`,
    ];
    const told = totalOf(hasPrograms ? this.#programs : this.#tests);
    if (this.#plan !== null && told < this.#plan)
      sentences.push(
        `The plan has ${counted(this.#plan, 'test')}, so the text is cut or a test ended the program.`,
      );
    if (this.#differed.length > 0)
      sentences.push(
        `The kernel differs from the exported script first at line ${this.#differed[0]}; open that script and compare this line.`,
      );
    if ([...this.#enabled.values()].includes(TESTED_VECTORS))
      sentences.push(
        `vfio_pci_irq_test enables at most ${TESTED_VECTORS} vectors, so the device may have more; “lspci -vv” shows its table.`,
      );
    sentences.push(
      `TAP names tests and results, not SET_IRQS${this.#setIrqsFailed ? ', also not of the failed one' : ''}: “bpftrace -c ./TEST vfio-irqs.bt” records them.`,
    );
    return sentences;
  }
}

function totalOf({ ok, failed, skipped }: Results): number {
  return ok + failed + skipped;
}
