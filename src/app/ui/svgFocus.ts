// The attribute that makes an SVG element focusable.

/**
 * Spread it on an element inside an <svg>, instead of `tabIndex`: Preact sets an attribute of SVG under the name of the property, and
 * SVG's names distinguish `tabIndex` from `tabindex`.
 */
export const SVG_FOCUS = { tabindex: 0 } as const;
