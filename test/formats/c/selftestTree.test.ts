// Compiles exported fixtures against the harness and the library of a kernel tree, with the flags of its Makefile. IRQSCOPE_LINUX
// names the tree, for instance an unpacked linux-source-7.2 of Debian; without it the tests are skipped. `npm test` compiles
// against stand-ins (programs.test.ts).
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSelftest, printSelftest } from '../../../src/formats/c/selftest.ts';
import { scenarios } from '../../../src/lessons/scenarios/index.ts';
import { withScript } from '../../../src/session/deviceSpec.ts';
import { emptySession } from '../../../src/session/session.ts';
import { compile, provideCompiler } from '../../c/cc.ts';

const tree = process.env['IRQSCOPE_LINUX'];
const folder = mkdtempSync(join(tmpdir(), 'irqscope-tree-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(tree === undefined)('a fixture in a kernel tree', () => {
  const top = tree ?? '';
  const selftests = join(top, 'tools/testing/selftests');

  beforeAll(() => {
    provideCompiler();
    // the headers of user space, as headers_install makes them
    mkdirSync(join(folder, 'linux'));
    for (const name of ['vfio.h', 'iommufd.h', 'pci_regs.h']) {
      const text = readFileSync(join(top, 'include/uapi/linux', name), 'utf8');
      writeFileSync(
        join(folder, 'linux', name),
        text
          .replaceAll(/#include <linux\/compiler\.h>\n/g, '')
          .replaceAll(/\b__user\b|\b__counted_by\(\w+\)/g, ''),
      );
    }
  });

  test.each(scenarios().map(({ id, script }) => [id, script] as const))('%s', async (id, script) => {
    const session = withScript(emptySession('dynamic', 'nvme'), script);
    if (noSelftest(session) !== null) return;
    const path = join(folder, `${id}.c`);
    writeFileSync(path, printSelftest(session));
    const include = [folder, selftests, join(selftests, 'vfio/lib/include'), join(top, 'tools/include')];
    const args = [...include.map((name) => `-I${name}`), '-Wno-unused-parameter', '-Wno-sign-compare'];
    expect(await compile([...args, '-c', '-o', '/dev/null', path])).toBe('');
  });
});
