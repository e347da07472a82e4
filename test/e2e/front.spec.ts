// The front door: the card of a first visit, the way to the end of the first lesson in a few actions, the help, the tour, and the
// addresses and titles of every place.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { complaintsIn, LOOKS, picture, wear } from './looks.ts';

const card = (page: Page) => page.getByRole('dialog', { name: 'Start' });
const lesson = (page: Page) => page.getByRole('region', { name: /^Lesson: Table, irq, eventfd/ });
const tour = (page: Page) => page.getByRole('dialog', { name: /^Tour of the lab/ });
const hash = (page: Page) => new URL(page.url()).hash;

/** Makes one action of a person on an element: a click, a tap, or a key on the focused element. */
type Act = (what: Locator) => Promise<void>;

/** An action is one activation; the Tab keys that lead to an element by keyboard are no actions of their own. */
interface Counted {
  readonly act: Act;
  readonly count: () => number;
}

function counted(activate: Act): Counted {
  let actions = 0;
  return {
    act: async (what) => {
      await expect(what).toBeVisible();
      await expect(what).toBeEnabled();
      await activate(what);
      actions++;
    },
    count: () => actions,
  };
}

/** Most Tab keys to the next element: the page has no element that needs more from the one before. */
const MOST_TABS = 150;

/** Activates an element by keys alone: Tab until it has the focus, then Space for a choice, Enter for a link or a button. */
function byKeys(page: Page): Act {
  return async (what) => {
    const isFocused = () => what.evaluate((element) => element === document.activeElement);
    // a group of choices is one stop of Tab, and its first choice is taken
    for (let tabs = 0; !(await isFocused()); tabs++) {
      expect(tabs).toBeLessThan(MOST_TABS);
      await page.keyboard.press('Tab');
    }
    const isChoice = await what.evaluate((element) => element.matches('input, [role="radio"]'));
    await page.keyboard.press(isChoice ? 'Space' : 'Enter');
  };
}

/** From the first visit to the end of lesson 1; the panel is found by roles and by words that more than one wording matches. */
async function toTheEndOfTheFirstLesson(page: Page, { act, count }: Counted): Promise<void> {
  await page.goto('./');
  await expect(card(page)).toBeVisible();
  // the entry of the lessons stands out until one is finished
  const emphasised = page.getByRole('navigation', { name: 'Views' }).locator('[data-new]');
  await expect(emphasised).toHaveText('Lessons');
  await act(card(page).getByRole('link', { name: /^Lesson 1/ }));
  await expect(lesson(page)).toBeVisible();
  await expect(card(page)).toHaveCount(0);
  for (const step of [1, 2]) {
    await expect(lesson(page)).toContainText(new RegExp(`step ${step} of 3`, 'i'));
    // a step begins at its question; the first choice is as good as any
    await act(lesson(page).getByRole('radio').first());
    const run = lesson(page).getByRole('button', { name: /^run it/i });
    if ((await run.count()) > 0) await act(run);
    await expect(
      lesson(page)
        .getByText(/^(right|wrong|not quite)\b/i)
        .first(),
    ).toBeVisible();
    await act(lesson(page).getByRole('button', { name: /^next( step)?\b/i }));
  }
  await expect(lesson(page)).toContainText(/step 3 of 3/i);
  await act(lesson(page).getByRole('button', { name: /solution/i }));
  await act(lesson(page).getByRole('button', { name: /^(finish|end)/i }));
  expect(count()).toBeLessThanOrEqual(12);
  await expect(lesson(page).getByText(/step 3 of 3/i)).toHaveCount(0);
  await expect(emphasised).toHaveCount(0);
}

test.describe('a first visit', () => {
  test.use({ firstVisit: true });

  test('leads to the end of lesson 1 in at most 12 actions by mouse; the card appears once', async ({
    page,
  }, info) => {
    await page.goto('./');
    await expect(card(page)).toBeVisible();
    await expect(page).toHaveURL(/#start$/);
    await expect(page).toHaveTitle('Start – irqscope');
    await expect(card(page).getByRole('img')).toHaveAccessibleName(/Vector 1: cached, irq \d+ allocated/);
    for (const look of LOOKS) {
      await wear(page, look);
      expect(await complaintsIn(page, look, '.overlay'), look.name).toEqual([]);
      await picture(page, info, `start ${look.name}`);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.keyboard.press('Escape');
    await expect(card(page)).toHaveCount(0);
    await expect.poll(() => hash(page)).toMatch(/^#v2=/);
    await page.goto('./');
    await expect.poll(() => hash(page)).toMatch(/^#v2=/);
    await expect(card(page)).toHaveCount(0);
    // the page's name opens it again
    await page.getByRole('button', { name: 'irqscope', exact: true }).click();
    await expect(card(page)).toBeVisible();
    // the address follows a moment later; a page that is left before counts as the same visit
    await expect(page).toHaveURL(/#start$/);
    await page.evaluate(() => localStorage.clear());
    await toTheEndOfTheFirstLesson(
      page,
      counted((what) => what.click()),
    );
  });

  test('leads to the end of lesson 1 in at most 12 actions by keys alone', async ({ page }) => {
    await toTheEndOfTheFirstLesson(page, counted(byKeys(page)));
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

    test('leads to the end of lesson 1 in at most 12 actions by touch', async ({ page }) => {
      await toTheEndOfTheFirstLesson(
        page,
        counted((what) => what.tap()),
      );
    });
  });

  test('the debate shows the irq that V2 and V3 free; an empty lab and the tour open; a begun lesson continues', async ({
    page,
  }) => {
    await page.goto('./');
    await card(page)
      .getByRole('link', { name: /debate/ })
      .click();
    const one = page
      .getByRole('table', { name: 'Wirings side by side' })
      .getByRole('row', { name: /^Vector 1\b/ });
    await expect(one).toHaveAccessibleName(
      /V3 patch: empty.*V2 patch: empty.*static: cached.*dynamic: cached/,
    );
    await expect.poll(() => hash(page)).toBe('#compare=S15&kernels=v3,v2,static,dynamic');
    await expect(page).toHaveTitle(/^Compare: V3 patch, V2 patch, .* – Scenario S15: .* – irqscope$/);
    await page.reload();
    await expect(one).toBeVisible();
    await expect.poll(() => hash(page)).toBe('#compare=S15&kernels=v3,v2,static,dynamic');

    const name = page.getByRole('button', { name: 'irqscope', exact: true });
    await name.click();
    await card(page).getByRole('button', { name: 'Empty lab' }).click();
    await expect(page.getByRole('listbox', { name: 'Script' }).getByRole('option')).toHaveCount(1);

    await name.click();
    await card(page)
      .getByRole('link', { name: /^Lesson 1/ })
      .click();
    await lesson(page).getByRole('radio').first().check();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Explore' }).click();
    const goOn = page.getByRole('button', { name: 'Continue: Table, irq, eventfd, step 1' });
    await goOn.click();
    await expect(lesson(page).getByRole('radio').first()).toBeChecked();
    await expect(goOn).toHaveCount(0);
    // another visit: the lesson of the first one is not open
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('./');
    await name.click();
    await card(page).getByRole('link', { name: 'Continue: Table, irq, eventfd, step 1' }).click();
    await expect(lesson(page)).toContainText(/step 1 of 3/i);
  });
});

test('the help opens from every view and sheet, and each entry has an address', async ({ page }, info) => {
  const help = page.getByRole('dialog', { name: 'Help' });
  for (const address of ['./', './#compare', './#explore', './#learn']) {
    await page.goto(address);
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    await expect(help, address).toBeVisible();
    await expect(page).toHaveURL(/#help$/);
    await page.keyboard.press('Escape');
    await expect(help).toHaveCount(0);
  }
  await page.goto('./#trust');
  await expect(page.getByRole('dialog', { name: 'How the model is verified' })).toBeVisible();
  await page.keyboard.press('F1');
  await expect(help).toBeVisible();
  for (const look of LOOKS) {
    await wear(page, look);
    expect(await complaintsIn(page, look, '.overlay'), look.name).toEqual([]);
    await picture(page, info, `help ${look.name}`);
  }
  await wear(page, { width: 1280, height: 720, colorScheme: 'light', name: '' });
  for (const [name, dialog, fragment] of [
    ['Start', 'Start', '#start'],
    ['Two-minute tour', 'Tour of the lab, 1 of 7', '#tour'],
    ['Keyboard shortcuts', 'Keyboard shortcuts', '#keys'],
    ['Glossary', 'Glossary', '#glossary'],
    ['How the model is verified', 'How the model is verified', '#trust'],
    ['Documentation', 'Documentation', '#docs=README'],
  ] as const) {
    await page.goto('./#help');
    await help.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await expect.poll(() => hash(page), name).toBe(fragment);
    await page.goto(`./${fragment}`);
    await page.reload();
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
  }
});

for (const [device, viewport] of [
  ['a wide screen', { width: 1280, height: 720 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`the tour names seven parts and covers none of them on ${device}`, async ({ page }, info) => {
    await page.setViewportSize(viewport);
    await page.goto('./');
    const help = page.getByRole('button', { name: 'Help', exact: true });
    await help.click();
    await page.getByRole('button', { name: /^Two-minute tour/ }).click();
    for (let step = 1; step <= 7; step++) {
      await expect(page.getByRole('dialog', { name: `Tour of the lab, ${step} of 7` })).toBeVisible();
      await expect(tour(page).getByRole('heading')).toBeFocused();
      // the outline is the part, as far as the window shows it, and the card lies beside it
      await expect(async () => {
        const [box, outline] = await Promise.all([
          tour(page).boundingBox(),
          page.locator('.tour-outline').boundingBox(),
        ]);
        if (box === null || outline === null) throw new Error('the card and the outline have boxes');
        const isBeside =
          box.x >= outline.x + outline.width ||
          outline.x >= box.x + box.width ||
          box.y >= outline.y + outline.height ||
          outline.y >= box.y + box.height;
        expect(isBeside, `step ${step}`).toBe(true);
        expect(Math.min(outline.width, outline.height), `step ${step}`).toBeGreaterThanOrEqual(24);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
        expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
      }).toPass();
      await picture(page, info, `tour ${viewport.width} ${step}`);
      if (step === 7) break;
      // by keys and by buttons
      if (step % 2 === 0) await page.keyboard.press('ArrowRight');
      else await tour(page).getByRole('button', { name: 'Next' }).click();
    }
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('dialog', { name: 'Tour of the lab, 6 of 7' })).toBeVisible();
    await expect(tour(page).getByRole('heading')).toBeFocused();
    // the page stays usable: the card is no modal dialog
    const first = page.getByRole('button', { name: 'First line' });
    // on a phone the card follows the outlined part, and may cover the button wherever the page is scrolled to
    if (device === 'a phone') await first.press('Enter');
    else await first.click();
    await expect(page.getByText(/^line 0 \//)).toBeVisible();
    await tour(page).getByRole('button', { name: 'End' }).click();
    await expect(tour(page)).toHaveCount(0);
    await expect.poll(() => hash(page)).toMatch(/^#v2=/);
  });
}

test('scenarios, worksheets, terms and sections have addresses that the page shows, and titles', async ({
  page,
}) => {
  await page.goto('./#learn=scenarios');
  await expect(page).toHaveTitle('Scenarios – irqscope');
  await page.getByRole('button', { name: 'Open S15 in the lab' }).click();
  await expect.poll(() => hash(page)).toBe('#scenario=S15');
  await expect(page).toHaveTitle(/^Scenario S15: /);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => hash(page)).toBe('#scenario=S15&line=4');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Wiring after line 4' })).toBeVisible();
  await expect.poll(() => hash(page)).toBe('#scenario=S15&line=4');
  // an edit makes it the person's own script
  await page.keyboard.press('c');
  await expect.poll(() => hash(page)).toMatch(/^#v2=/);
  await page.goBack();
  await expect.poll(() => hash(page)).toBe('#scenario=S15&line=4');

  await page.goto('./#learn');
  await page.getByRole('button', { name: 'Worksheet of Table, irq, eventfd' }).click();
  await expect.poll(() => hash(page)).toBe('#learn=worksheet&lesson=three-layers');
  await expect(page).toHaveTitle('Worksheet – irqscope');
  await page.reload();
  await expect(page).toHaveTitle('Worksheet – irqscope');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Worksheet of Table, irq, eventfd' })).toBeVisible();
  await expect(page).toHaveTitle('Lessons – irqscope');

  await page.goto('./#glossary');
  await page.getByRole('searchbox', { name: 'Find a term' }).fill('EBADF');
  await expect.poll(() => hash(page)).toBe('#glossary=EBADF');
  await expect(page).toHaveTitle('Glossary: EBADF – irqscope');
  await page.goto('./#docs=driver&section=6.4');
  await expect(page).toHaveTitle('Documentation: driver §6.4 – irqscope');

  await page.goto('./#scenario=S99');
  await expect(page.getByRole('alert')).toContainText('irqscope has no scenario "S99".');
  await page.goto('./#compare=S15&kernels=v3');
  await expect(page.getByRole('alert')).toContainText('This link names 1 kernel.');
  await page.goto('./#nonsense');
  for (const form of [
    '#lesson=…',
    '#start',
    '#tour',
    '#help',
    '#keys',
    '#learn',
    '#compare',
    '#scenario=…',
    '#course=…',
  ])
    await expect(page.getByRole('alert'), form).toContainText(form);
});

test('Tab follows the eye from the skip link to the timeline, and signs alone have a tooltip', async ({
  page,
}) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: /^Kernel version: / })).toBeVisible();
  const names: string[] = [];
  const panes: string[] = [];
  for (let tabs = 0; tabs < MOST_TABS && !panes.includes('timeline'); tabs++) {
    await page.keyboard.press('Tab');
    const [name = '', pane = ''] = await page.evaluate(() => {
      const { activeElement: at } = document;
      const own =
        at?.getAttribute('aria-label') ?? at?.closest('label')?.textContent ?? at?.textContent ?? '';
      const around = at?.closest('.composer, .script, .wiring, .trace, .timeline');
      const tip = at === null ? 'none' : getComputedStyle(at, '::after').content;
      const pane = ['composer', 'script', 'wiring', 'trace', 'timeline'].find((one) =>
        around?.classList.contains(one),
      );
      return [`${own.trim()}${tip === 'none' || tip === 'normal' ? '' : ' + tooltip'}`, pane ?? ''];
    });
    if (pane === '') names.push(name);
    else if (!panes.includes(pane)) panes.push(pane);
  }
  const order = [
    /^Skip to the lab$/,
    /^irqscope$/,
    /^Lab$/,
    /^Compare$/,
    /^Explore$/,
    /^Lessons$/,
    /static$/,
    /^V3 patch$/,
    /dynamic$/,
    /^Kernel version: /,
    /^Device: /,
    /^Open…$/,
    /^Copy link$/,
    /^Export…$/,
    /^New$/,
    /^How the model is verified \+ tooltip$/,
    /^Theme: .* \+ tooltip$/,
    /^Help \+ tooltip$/,
    /^Commands: /,
  ];
  const places = order.map((pattern) => names.findIndex((name) => pattern.test(name)));
  expect(places, names.join(' | ')).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(panes).toEqual(['composer', 'script', 'wiring', 'trace', 'timeline']);
});
