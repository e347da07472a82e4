import { describe, expect, test } from 'vitest';
import { CHECK_IDS, CHECKS } from '../../src/kernel/checks.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { MAILS } from '../../src/views/trace/mails.ts';
import { checkPlace, releaseOf, sourceParts, symbolPlace } from '../../src/views/trace/sources.ts';
import { GLOSSARY } from '../../src/views/words/glossary.ts';

const release = releaseOf('dynamic', { intx: 'persistent' });

describe('symbolPlace', () => {
  test('links the line of a function on git.kernel.org and Elixir', () => {
    expect(symbolPlace('vfio_msi_set_block', release)).toEqual({
      where: 'drivers/vfio/pci/vfio_pci_intrs.c:538',
      links: [
        {
          label: 'git.kernel.org',
          href: 'https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/drivers/vfio/pci/vfio_pci_intrs.c?h=v6.12.117#n538',
        },
        {
          label: 'Elixir',
          href: 'https://elixir.bootlin.com/linux/v6.12.117/source/drivers/vfio/pci/vfio_pci_intrs.c#L538',
        },
      ],
      note: 'v6.12.117',
    });
  });

  test('links the posting before the nearest tree for V2 and V3', () => {
    const v3 = releaseOf('v3', { intx: 'persistent' });
    const place = symbolPlace('vfio_msi_set_vector_signal', v3);
    expect(place?.note).toBe('as posted; nearest tree v6.12.117');
    expect(place?.links[0]).toEqual({
      label: '[PATCH V3 09/10]',
      href: expect.stringMatching(/^https:\/\/lore\.kernel\.org\/all\/86cda5cf/),
    });
    expect(symbolPlace('vfio_msi_free_irq', v3)).toMatchObject({ note: 'as posted', links: [{}] });
    expect(symbolPlace('eventfd_ctx_fdget', v3)?.note).toBe('v6.12.117');
  });

  test('links the identifier where the lines of a release are not recorded', () => {
    const released = releaseOf('static', { intx: 'legacy' });
    expect(symbolPlace('vfio_msi_set_block', released)).toEqual({
      where: 'vfio_msi_set_block',
      links: [{ label: 'Elixir', href: 'https://elixir.bootlin.com/linux/v6.4/A/ident/vfio_msi_set_block' }],
      note: 'v6.4, lines not recorded',
    });
  });

  test.each(PRESETS.map((preset) => [preset.label, preset] as const))(
    'links or explains every function and check of %s',
    (_, { generation, host }) => {
      const own = releaseOf(generation, host);
      for (const fn of Object.keys(FUNCTION_WORDS)) {
        const place = symbolPlace(fn, own);
        expect(place !== null && (place.links.length > 0 || place.note.includes(': ')), fn).toBe(true);
      }
      for (const id of CHECK_IDS) {
        const place = checkPlace(id, CHECKS[id].fn, own);
        expect(place.links.length > 0 || place.note.includes(': '), id).toBe(true);
      }
    },
  );
});

describe('sourceParts', () => {
  test.each([
    ['commit e4163438e015', 'torvalds/linux.git/commit/?id=e4163438e015'],
    ['vfio_msi_disable()', 'vfio_pci_intrs.c?h=v6.12.117#n557'],
    ['include/uapi/linux/vfio.h', 'tree/include/uapi/linux/vfio.h?h=v6.12.117'],
    ['struct vfio_irq_set', 'include/uapi/linux/vfio.h?h=v6.12.117#n584'],
    ['"[PATCH V3 00/10]", 18 April 2023', 'lore.kernel.org/all/cover.1681837892.git'],
    ['"Re: [PATCH V3 09/10]", maintainer, 19 April 2023', 'lore.kernel.org/all/20230419153804.7ad0b122'],
  ])('links %s', (text, address) => {
    expect(sourceParts(text, release).flatMap(({ links }) => links.map(({ href }) => href))[0]).toContain(
      address,
    );
  });

  test('leaves a mail without a known message id as text', () => {
    expect(sourceParts('"Re: [RFC PATCH 0/8]", maintainer, 16 March 2023', release)).toEqual([
      { text: '"Re: [RFC PATCH 0/8]", maintainer, 16 March 2023', at: 0, links: [] },
    ]);
  });

  test('keeps the whole text of every glossary source', () => {
    for (const { source } of GLOSSARY) {
      expect(
        sourceParts(source, release)
          .map(({ text }) => text)
          .join(''),
      ).toBe(source);
    }
  });
});

test('mails have one message id each', () => {
  expect(new Set(MAILS.map(({ id }) => id)).size).toBe(MAILS.length);
  for (const { id } of MAILS) expect(id).toMatch(/^[^<>\s@]+@[^<>\s@]+$/);
});
