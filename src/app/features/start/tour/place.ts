// The places of the tour's card and of the outline, so that the card never covers the outlined part.

/** A rectangle of the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the part, the card and the edges of the window. */
const GAP = 8;
/** Pixels of a large part that are enough to recognise it. */
const ENOUGH = 160;

/** Returns the largest part of `box` inside `frame`; null without a common part. */
function common(box: Box, frame: Box): Box | null {
  const left = Math.max(box.left, frame.left);
  const top = Math.max(box.top, frame.top);
  const width = Math.min(box.left + box.width, frame.left + frame.width) - left;
  const height = Math.min(box.top + box.height, frame.top + frame.height) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}

/**
 * Returns the place of the card beside the part (right, left, below, above), and the outlined box. Where no side has room, as for
 * a large part on a phone, the card takes the lower or the upper end of the window, and the outline ends at the card.
 */
export function placeBeside(
  part: Box,
  card: Size,
  room: Size,
): { readonly card: Box; readonly outline: Box } {
  const inWindow = { left: 0, top: 0, ...room };
  const seen = common(part, inWindow) ?? { left: 0, top: 0, width: 0, height: 0 };
  const across = clamp(seen.left, GAP, room.width - card.width - GAP);
  const down = clamp(seen.top, GAP, room.height - card.height - GAP);
  const sides = [
    { left: seen.left + seen.width + GAP, top: down },
    { left: seen.left - card.width - GAP, top: down },
    { left: across, top: seen.top + seen.height + GAP },
    { left: across, top: seen.top - card.height - GAP },
  ];
  const fits = sides.find(
    ({ left, top }) =>
      left >= GAP &&
      top >= GAP &&
      left + card.width <= room.width - GAP &&
      top + card.height <= room.height - GAP,
  );
  if (fits !== undefined) return { card: { ...fits, ...card }, outline: seen };
  const below = room.height - card.height - GAP;
  const atBottom = { left: across, top: below, ...card };
  const above = common(seen, { left: 0, top: 0, width: room.width, height: below - GAP });
  const end = GAP + card.height + GAP;
  const under = common(seen, { left: 0, top: end, width: room.width, height: room.height - end });
  // the head of a part says more than its foot
  if ((above?.height ?? 0) >= Math.min(ENOUGH, under?.height ?? 0))
    return { card: atBottom, outline: above ?? { ...seen, height: 0 } };
  return { card: { left: across, top: GAP, ...card }, outline: under ?? { ...seen, height: 0 } };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
