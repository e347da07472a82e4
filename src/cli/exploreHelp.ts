// The text of `irqscope explore --help`: the operations, the device and the language of predicates.

import { PREDICATE_EXAMPLES, PREDICATE_WORDS } from '../views/explore/predicateGuide.ts';

const OPTIONS = `usage: irqscope explore (--generation A | --kernel ID) [--against B] --vectors N (--question ID | --where PREDICATE)

Tries every script over a small alphabet, shortest first, until one answers the question.

Operations
  --modes msix,msi,intx   interrupt modes, one or several; msix by default
  --vectors N             MSI-X vectors of the device (3)
  --msi-vectors N         MSI vectors of the device, a power of two (2 with the mode msi)
  --msi                   MSI alone, with --vectors vectors
  --fds K                 open eventfds (1)
  --block B               longest block of vectors in one ioctl (2)
  --with WORDS            adds operations: raise (the device raises; with INTx it also lowers its pin), loopback,
                          disable, count-zero, close, reset, faults, mask (MASK and UNMASK of INTx), unmask-fd
                          (UNMASK and MASK of INTx by an eventfd), bool (DATA_BOOL 1 and 0 beside DATA_NONE)
  --without WORDS         leaves out minus-one (detaching) or bad-fd (a descriptor that is not open)

Device and host
  --device NAME           a device of the catalogue; nvme by default
  --pin yes|no            the device has an interrupt pin
  --pcie yes|no           it is PCI Express
  --maskable yes|no       its MSI has mask and pending bits
  --raise WHEN            it raises interrupts never, with-msix or always
  --no-dynamic            the host cannot allocate MSI-X vectors while MSI-X is enabled
  --irqs N                irqs that the host can allocate
  --cpu-vectors N         CPU vectors for request_irq

Question
  --question ID           a question that --list prints
  --where PREDICATE       the first line after which the predicate is true
  --against B             a second kernel, for a question that compares two or a predicate that names a. and b.

Limits and output
  --max-depth D, --max-states S, --json, --export promela|tla [--out FILE]

Predicates are combined with and, or, not and brackets. Examples:
`;

/** Returns the text. */
export function exploreHelp(): string {
  const examples = PREDICATE_EXAMPLES.flatMap(({ title, examples: some }) =>
    some.map((text) => `  ${text.padEnd(38)} ${title}`),
  );
  const words = PREDICATE_WORDS.map(({ text, about }) => `  ${text.padEnd(24)} ${about}`);
  return `${OPTIONS}${examples.join('\n')}\n\nEvery word:\n${words.join('\n')}\n`;
}
