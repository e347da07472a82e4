// The place of the pointer in an element that a style sheet may enlarge (`zoom`), as a presentation does.

/** The place of an event in the window. */
export interface Pointed {
  readonly clientX: number;
  readonly clientY: number;
}

/** Returns the pixels from the left and upper edge of the element, in the element's own units. */
export function pointedAt(
  element: Element,
  { clientX, clientY }: Pointed,
): { readonly x: number; readonly y: number } {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (clientX - left) / zoom, y: (clientY - top) / zoom };
}

/** Returns the factor by which style sheets enlarge an element; 1 in a browser that does not tell it. */
function zoomOf(element: Element): number {
  const zoom: unknown = Reflect.get(element, 'currentCSSZoom');
  return typeof zoom === 'number' && zoom > 0 ? zoom : 1;
}
