// public/import/vfio-irqs-preload.c: compiles without a warning, and irqscope imports its output of a program.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printLine } from '../../src/formats/notation/printLine.ts';
import { readText } from '../formats/imports/read.ts';
import { compile, compileC, provideCompiler } from './cc.ts';

const SOURCE = fileURLToPath(new URL('../../public/import/vfio-irqs-preload.c', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'irqscope-preload-'));
const library = join(folder, 'preload.so');

/** A program that treats /dev/null as a device: each ioctl fails with ENOTTY. */
const PROGRAM = `#include <fcntl.h>
#include <linux/vfio.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	struct { struct vfio_irq_set set; int fd[3]; } call = {
		{ 32, VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER, 2, 0, 3 }, { 0, -1, 0 } };
	struct vfio_irq_info info = { .argsz = 16, .index = 2 };
	uint64_t value;
	uint16_t command = 0x506;
	int device = open("/dev/null", O_RDWR), other = eventfd(0, 0);
	int semaphore = eventfd(3, EFD_SEMAPHORE | EFD_NONBLOCK), plain = eventfd(0, EFD_NONBLOCK);
	call.fd[0] = semaphore;
	call.fd[2] = plain;
	ioctl(device, VFIO_DEVICE_GET_IRQ_INFO, &info);
	ioctl(device, VFIO_DEVICE_SET_IRQS, &call);
	if (read(semaphore, &value, 8) != 8 || read(plain, &value, 8) == 8 || eventfd_write(plain, 7) != 0)
		return 1;
	ioctl(device, VFIO_DEVICE_RESET);
	struct vfio_pci_hot_reset_info list = { .argsz = sizeof list };
	ioctl(device, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, &list);
	ioctl(device, VFIO_DEVICE_PCI_HOT_RESET, &list);
	if (pwrite(device, &command, 2, ((off_t)7 << 40) + 4) != 2)
		return 2;
	if (fork() == 0) {
		close(plain);
		_exit(0);
	}
	wait(NULL);
	close(other);
	close(plain);
	close(device);
	return 0;
}
`;

beforeAll(async () => {
  provideCompiler();
  const source = join(folder, 'program.c');
  writeFileSync(source, PROGRAM);
  await compileC(source, join(folder, 'program'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the library compiles, and its output of a program becomes the program’s calls with their results', async () => {
  const told = await compile(['-std=gnu11', '-O2', '-shared', '-fPIC', '-o', library, SOURCE, '-ldl']);
  expect(told).toBe('');
  const log = join(folder, 'irqs.log');
  const env = { ...process.env, LD_PRELOAD: library, VFIO_IRQS: log };
  const ran = spawnSync(join(folder, 'program'), { env, encoding: 'utf8' });
  expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, '', '']);
  const { id, lines, summary } = readText(readFileSync(log, 'utf8'));
  expect([id, summary.bad]).toEqual(['strace', 0]);
  const numbers = [
    ...new Map(
      lines.flatMap(({ line: { op } }) => (op.op === 'eventfd' ? [[op.fd, 0] as const] : [])),
    ).keys(),
  ];
  const named = (text: string) =>
    numbers.reduce((now, fd, at) => now.replaceAll(new RegExp(`\\b${fd}(?= |\\]|$)`, 'g'), `fd${at}`), text);
  expect(lines.map((line) => named(printLine(line).split(' # ')[0] ?? ''))).toEqual([
    'eventfd fd0 3 semaphore',
    'eventfd fd1',
    'irq_info msix',
    'set_irqs msix trigger eventfd 0 [fd0 -1 fd1]',
    'read fd0',
    'read fd1',
    'write fd1 7',
    'reset',
    'hot_reset_info short',
    'hot_reset',
    'cfg_write off=4 size=2 value=0x506',
    'close fd1',
    'release',
    '@ the program ends\nclose fd0',
  ]);
  expect(lines.map(({ traced }) => (traced === undefined ? '' : (traced.errno ?? traced.ret)))).toEqual([
    0,
    0,
    'ENOTTY',
    'ENOTTY',
    8,
    'EAGAIN',
    8,
    'ENOTTY',
    'ENOTTY',
    'ENOTTY',
    2,
    0,
    0,
    '',
  ]);
});
