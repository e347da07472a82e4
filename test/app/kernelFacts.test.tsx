// The facts of a kernel in the menu of kernels.
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { KernelFacts } from '../../src/app/shell/topbar/KernelFacts.tsx';
import { kernelById } from '../../src/kernel/kernels.ts';
import { createPage } from './page.tsx';

const { render } = createPage();

test('shows value, evidence and source of each fact, and which facts were read and not recorded', () => {
  render(<KernelFacts kernel={kernelById('7.3') ?? expect.fail()} />);
  expect(screen.getByText(/^Facts of Linux 7\.3\.4: \d+ recorded, \d+ only read$/)).toBeInTheDocument();
  const fact = (about: string) => screen.getByText(about).nextElementSibling;
  expect(fact('Devices with an ERR index')).toHaveTextContent(/^any, recorded: docs\/facts\.md N2/);
  expect(fact('Check for a pin without a usable irq')).toHaveTextContent(
    /^has irq, read, not recorded: 860be250fc32/,
  );
});
