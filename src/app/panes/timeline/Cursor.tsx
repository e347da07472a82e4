// Where in time the screen is.

/** A vertical line with a head. */
export function Cursor({ x, height }: { readonly x: number; readonly height: number }) {
  return (
    <g className="time-cursor" aria-hidden="true">
      <path d={`M${x - 5} 0h10l-5 6Z`} />
      <line x1={x} x2={x} y1={0} y2={height} />
    </g>
  );
}
