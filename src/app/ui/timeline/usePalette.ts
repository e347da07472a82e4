// The colours of the canvas, read from hidden elements with the classes of the SVG, so that theme, forced
// colours and style sheet apply to both.

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type PixelColours, pixel } from '../../../views/timeline/paint.ts';
import { local } from '../../store/app.ts';
import { useApp } from '../../store/appContext.ts';

/** The colours as CSS texts, and as pixels. */
export interface Palette {
  readonly css: Readonly<Record<keyof PixelColours | 'ground' | 'ink' | 'cachedInk', string>>;
  readonly pixels: PixelColours;
}

/** Class, and the property that has its colour. */
const SAMPLES = {
  cached: ['hatch-line', 'stroke'],
  cachedGround: ['hatch-ground', 'fill'],
  cachedEdge: ['segment cached', 'stroke'],
  attached: ['segment attached', 'fill'],
  attachedOdd: ['segment attached odd', 'fill'],
  pending: ['pending', 'stroke'],
  signal: ['signal', 'stroke'],
  lost: ['lost', 'stroke'],
  freed: ['freed', 'stroke'],
  failed: ['failed-mark', 'stroke'],
  rule: ['teardown', 'stroke'],
  ground: ['ground-sample', 'fill'],
  ink: ['segment-text', 'fill'],
  cachedInk: ['segment-text cached', 'fill'],
} as const;

/** Classes of the samples, in the order in which `readPalette` expects them. */
export const SAMPLE_CLASSES: readonly string[] = Object.values(SAMPLES).map(([name]) => name);

function readPalette(samples: Element): Palette | null {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  const css = (name: keyof typeof SAMPLES) => {
    const [className, property] = SAMPLES[name];
    const element = samples.children[SAMPLE_CLASSES.indexOf(className)];
    return element === undefined ? '#000' : getComputedStyle(element)[property];
  };
  const bytes = (name: keyof PixelColours) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css(name);
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
    return pixel(red, green, blue, alpha);
  };
  const all = <T>(read: (name: keyof PixelColours) => T) => ({
    cached: read('cached'),
    cachedGround: read('cachedGround'),
    cachedEdge: read('cachedEdge'),
    attached: read('attached'),
    attachedOdd: read('attachedOdd'),
    pending: read('pending'),
    signal: read('signal'),
    lost: read('lost'),
    freed: read('freed'),
    failed: read('failed'),
    rule: read('rule'),
  });
  return {
    css: { ...all(css), ground: css('ground'), ink: css('ink'), cachedInk: css('cachedInk') },
    pixels: all(bytes),
  };
}

/** Returns a canvas context, or null without layout (unit tests). */
export function contextOf(canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | null {
  return canvas === null || typeof ResizeObserver === 'undefined' ? null : canvas.getContext('2d');
}

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/** The colours by theme. */
const held = local<{ readonly known: Map<string, Palette> }>(() => ({ known: new Map() }));

/** Media queries that change the colours. */
function themeNow(): string {
  const { dataset } = document.documentElement;
  return [dataset['theme'] ?? '', ...QUERIES.map((query) => matchMedia(query).matches)].join();
}

/** Returns a ref for the samples and their current colours, read once per theme. */
export function usePalette(): readonly [RefObject<SVGGElement | null>, Palette | null] {
  const { known } = useApp().local(held);
  const ref = useRef<SVGGElement>(null);
  const [palette, setPalette] = useState<Palette | null>(() =>
    typeof ResizeObserver === 'undefined' ? null : (known.get(themeNow()) ?? null),
  );
  useLayoutEffect(() => {
    if (typeof ResizeObserver === 'undefined') return;
    const read = () => {
      const theme = themeNow();
      const found = known.get(theme) ?? (ref.current === null ? null : readPalette(ref.current));
      if (found === null) return;
      known.set(theme, found);
      setPalette(found);
    };
    read();
    const queries = QUERIES.map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      for (const query of queries) query.removeEventListener('change', read);
      observer.disconnect();
    };
  }, [known]);
  return [ref, palette];
}
