// Parts of the timeline's picture that do not depend on the timeline: colours, shapes, legend, XML escaping.

import type { MarkKind } from './data.ts';

/** The colours of the picture, as CSS colours. */
export interface PictureColours {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly attached: string;
  /** Attached to an eventfd object with an odd number, so that neighbours differ. */
  readonly attachedOdd: string;
  readonly cached: string;
  readonly cachedGround: string;
  readonly cachedLine: string;
  readonly failed: string;
  readonly signal: string;
}

/** Returns the shape of a mark around a point. */
export function markShape(kind: MarkKind, x: number, y: number, colours: PictureColours): string {
  const [cx, cy] = [round(x), round(y)];
  const signal = escapeXml(colours.signal);
  const ground = escapeXml(colours.ground);
  switch (kind) {
    case 'delivered':
      return `<circle cx="${cx}" cy="${cy}" r="4" fill="${signal}" stroke="${ground}"/>`;
    case 'loopback':
      return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${ground}" stroke="${signal}" stroke-width="1.5"/>`;
    case 'pended':
      return `<path d="M${cx} ${cy - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5Z" fill="${ground}" stroke="${signal}" stroke-width="1.5"/>`;
    default:
      return `<path d="M${cx - 3.5} ${cy - 3.5}l7 7m0-7-7 7" fill="none" stroke="${escapeXml(colours.failed)}" stroke-width="2"/>`;
  }
}

/** Returns the legend on the base line `y`; entries beyond `width` continue below. */
export function legend(colours: PictureColours, y: number, width: number): readonly string[] {
  const { attached, cached, signal, failed, ink } = colours;
  const swatch = (fill: string, stroke: string) =>
    `<rect x="0" y="-9" width="16" height="10" rx="2" fill="${escapeXml(fill)}" stroke="${escapeXml(stroke)}"/>`;
  const stroke = (colour: string, dash: string, wide: number) =>
    `<line x1="8" x2="8" y1="-11" y2="2" stroke="${escapeXml(colour)}" stroke-width="${wide}"${dash}/>`;
  const items = [
    { words: 'attached', shape: swatch(attached, attached) },
    { words: 'cached', shape: swatch('url(#cached)', cached) },
    { words: 'signal', shape: markShape('delivered', 8, -4, colours) },
    { words: 'signal without an interrupt', shape: markShape('loopback', 8, -4, colours) },
    { words: 'pending', shape: markShape('pended', 8, -4, { ...colours, signal }) },
    { words: 'lost, failed, freed', shape: markShape('lost', 8, -4, colours) },
    { words: 'failed line', shape: stroke(failed, ' stroke-dasharray="3 3"', 1.25) },
    { words: 'pci_free_irq_vectors', shape: stroke(ink, '', 3) },
  ];
  let left = 12;
  let base = y;
  return items.map(({ words, shape }) => {
    const room = 34 + words.length * 6.7;
    if (left + room > width) {
      left = 12;
      base += 16;
    }
    const at = left;
    left += room;
    return `<g class="key" transform="translate(${round(at)} ${base})">${shape}<text x="22" y="0" fill="${escapeXml(colours.soft)}">${words}</text></g>`;
  });
}

/** Returns a coordinate with two decimals. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Escapes text for an element or attribute. Characters that XML forbids become the replacement character. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
