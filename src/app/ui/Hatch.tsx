// The hatching of cached vectors.

/** A pattern of thin diagonal lines, to be used as `fill="url(#id)"`. */
export function Hatch({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect className="hatch-ground" width="6" height="6" />
        <line className="hatch-line" x1="0" x2="6" y1="3" y2="3" />
      </pattern>
    </defs>
  );
}
