// An effect that waits for the next frame runs before the handlers of an event.
import { options } from 'preact';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { runEffectsBeforeEvents } from '../../src/app/ui/promptEffects.ts';

const { requestAnimationFrame: atOnce } = options;
afterEach(() => {
  if (atOnce !== undefined) options.requestAnimationFrame = atOnce;
});

function Told({ onEffect }: { readonly onEffect: (clicks: number) => void }) {
  const [clicks, setClicks] = useState(0);
  useEffect(() => onEffect(clicks), [clicks, onEffect]);
  return (
    <button type="button" onClick={() => setClicks((now) => now + 1)}>
      {clicks}
    </button>
  );
}

test('the effects of a picture run before the next event, without a frame', async () => {
  runEffectsBeforeEvents();
  const seen: number[] = [];
  const element = document.body.appendChild(document.createElement('div'));
  createRoot(element).render(<Told onEffect={(clicks) => seen.push(clicks)} />);
  const button = element.querySelector('button');
  expect(seen).toEqual([]);
  button?.click();
  expect(seen).toEqual([0]);
  // the render of a change is a microtask
  await Promise.resolve();
  expect(button?.textContent).toBe('1');
  button?.click();
  expect(seen).toEqual([0, 1]);
  element.remove();
});
