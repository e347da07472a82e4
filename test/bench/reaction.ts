// Reactions of the page: the time from an event to the frame that shows its result, measured inside the page.

import type { Locator, Page } from '@playwright/test';

declare global {
  interface Window {
    /** The times of the keys so far, ms. */
    keyTimes?: number[];
    endOfKeys?: () => void;
  }
}

/** The elements of a selector that act in turn, optionally only those whose text begins with a label. */
export interface Target {
  readonly selector: string;
  readonly label?: string;
}

/**
 * Returns the time of each of some clicks, to the end of the frame that shows its result; at a row of a table it points
 * instead. Throws when an action has no effect.
 */
export function reactions(page: Page, target: Target, times: number): Promise<readonly number[]> {
  return page.evaluate(
    async ({ selector, label, count }) => {
      // looked up for every action: a click can replace rows or select the next target
      const targetAt = (at: number) => {
        const targets = [...document.querySelectorAll<HTMLElement>(selector)].filter(
          (element) =>
            !element.matches(':disabled') && (element.textContent ?? '').trim().startsWith(label ?? ''),
        );
        return targets[at % targets.length];
      };
      const found: number[] = [];
      let changes = 0;
      const watch = new MutationObserver((records) => (changes += records.length));
      watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      // pointing changes a style rule and no element
      const rules = () =>
        document.adoptedStyleSheets
          .flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText))
          .join();
      for (let at = 0; at < count; at++) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        const element = targetAt(at);
        if (element === undefined) throw new Error(`no element ${selector} ${label ?? ''}`);
        // the mouse may rest on the target already, and then pointing changes nothing
        document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        changes = 0;
        const before = rules();
        const begin = performance.now();
        if (element.matches('[role="row"]'))
          element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        else element.click();
        await window.afterFrame();
        found.push(performance.now() - begin);
        if (changes === 0 && rules() === before)
          throw new Error(`action ${at} on ${selector} changed nothing in the page`);
      }
      watch.disconnect();
      return found;
    },
    { ...target, count: times },
  );
}

/** Presses the keys of a text in a field. Returns the time of each, from its event to the frame that shows it; then empties the field. */
export async function typing(page: Page, field: Locator, text: string): Promise<readonly number[]> {
  await field.fill('');
  await field.focus();
  await page.evaluate(() => {
    const times: number[] = [];
    window.keyTimes = times;
    const onKey = () => {
      const begin = performance.now();
      void window.afterFrame().then(() => times.push(performance.now() - begin));
    };
    document.addEventListener('keydown', onKey, { capture: true });
    window.endOfKeys = () => document.removeEventListener('keydown', onKey, { capture: true });
  });
  for (const [at, key] of [...text].entries()) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForFunction((count) => window.keyTimes?.length === count, at + 1);
  }
  const times = await page.evaluate(() => {
    window.endOfKeys?.();
    return window.keyTimes ?? [];
  });
  const value = await field.inputValue();
  if (value !== text)
    throw new Error(`typed ${JSON.stringify(text)}, the field has ${JSON.stringify(value)}`);
  await field.fill('');
  return times;
}

/**
 * Clicks a button of the navigation. Returns the time until an element shows its view, to the end of that frame. Throws
 * after `patience` milliseconds.
 */
export function opening(page: Page, view: string, shown: string, patience = 60_000): Promise<number> {
  return page.evaluate(
    async ({ label, selector, most }) => {
      const button = [...document.querySelectorAll<HTMLElement>('nav[aria-label="Views"] button')].find(
        ({ textContent }) => textContent?.trim() === label,
      );
      if (button === undefined) throw new Error(`no view ${label}`);
      const begin = performance.now();
      button.click();
      while (document.querySelector(selector) === null) {
        if (performance.now() > begin + most) throw new Error(`${label} does not show ${selector}`);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await window.afterFrame();
      return performance.now() - begin;
    },
    { label: view, selector: shown, most: patience },
  );
}
