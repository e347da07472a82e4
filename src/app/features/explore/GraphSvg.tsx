// The picture of the states. React draws the computed layout; d3 pans and zooms it.

import { select, type ZoomBehavior, zoom, zoomIdentity } from 'd3';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { FIRST_FD } from '../../../machine/fdNumbers.ts';
import { stateSentence } from '../../../views/explore/graphWords.ts';
import { edgePath, type LayoutSizes, layered } from '../../../views/explore/layout.ts';
import type { StateGraph } from '../../workers/searchMessages.ts';

/** Graph and choice, for the picture and the list. */
export interface GraphProps {
  readonly graph: StateGraph;
  /** Id of the chosen state. */
  readonly chosen: number;
  readonly onChoose: (id: number) => void;
  readonly onOpen: (id: number) => void;
  /** The other state of an edge of the chosen state, while that edge has the focus or the pointer in the list. */
  readonly near: Near | null;
}

/** A neighbour of the chosen state: the edge leads to it or comes from it. */
export interface Near {
  readonly id: number;
  readonly way: 'out' | 'in';
}

const CELL = 18;
const HEIGHT = 20;
const MARGIN = 28;

/** The light of an edge: to or from the chosen state, or the one that the list names. */
type Lit = 'in' | 'out' | 'near' | undefined;

/** The order in which edges are drawn. */
const LIT: readonly Lit[] = [undefined, 'in', 'out', 'near'];

export function GraphSvg({ graph, chosen, onChoose, onOpen, near }: GraphProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const zooming = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  const [transform, setTransform] = useState(zoomIdentity);
  const { nodes, edges } = graph;
  const sizes: LayoutSizes = useMemo(() => {
    const nodeWidth = (nodes[0]?.cells.length ?? 1) * CELL + 4;
    return { nodeWidth, nodeHeight: HEIGHT, gapX: 150, gapY: 10, rows: 12 };
  }, [nodes]);
  const layout = useMemo(() => layered(nodes, edges, sizes), [nodes, edges, sizes]);
  const width = layout.width + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN;
  useEffect(() => {
    if (svg.current === null) return;
    const behavior = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.25, 8])
      .on('zoom', (event: { readonly transform: typeof zoomIdentity }) => setTransform(event.transform));
    zooming.current = behavior;
    const selection = select(svg.current);
    selection.call(behavior);
    // a double click opens a state
    selection.on('dblclick.zoom', null);
    return () => {
      selection.on('.zoom', null);
    };
  }, []);
  const scale = (factor: number) => {
    if (svg.current !== null) zooming.current?.scaleBy(select(svg.current), factor);
  };
  const reset = () => {
    if (svg.current !== null) zooming.current?.transform(select(svg.current), zoomIdentity);
  };
  const lit = hovered ?? chosen;
  const litOf = ({ from, to }: StateGraph['edges'][number]): Lit => {
    if (near !== null && from === chosen && to === near.id && near.way === 'out') return 'near';
    if (near !== null && to === chosen && from === near.id && near.way === 'in') return 'near';
    return from === lit ? 'out' : to === lit ? 'in' : undefined;
  };
  // the edges of the state are drawn last, above the others
  const drawn = edges
    .map((edge) => ({ ...edge, lit: litOf(edge) }))
    .sort((a, b) => LIT.indexOf(a.lit) - LIT.indexOf(b.lit));
  const neighbours = new Set(
    edges.flatMap(({ from, to }) => (from === lit ? [to] : to === lit ? [from] : [])),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') scale(1.3);
    else if (event.key === '-') scale(1 / 1.3);
    else if (event.key === '0') reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the picture inside
    <div className="graph-stage framed" onKeyDown={onKeyDown}>
      <div className="graph-zoom flex gap-4">
        <button type="button" aria-label="Zoom in" onClick={() => scale(1.3)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => scale(1 / 1.3)}>
          −
        </button>
        <button type="button" onClick={reset}>
          Fit
        </button>
      </div>
      <svg
        ref={svg}
        className="graph-svg"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${nodes.length} states in columns by number of operations, with the edges of state ${chosen} highlighted; the lists below describe each state and its edges`}
      >
        <defs>
          <pattern id="graph-hatch" width="5" height="5" patternUnits="userSpaceOnUse">
            <path d="M0,5L5,0" className="graph-hatch" />
          </pattern>
          {(['fine', 'failed'] as const).map((kind) => (
            <marker
              key={kind}
              id={`graph-tip-${kind}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0,0L8,4L0,8z" className="graph-tip" data-line={kind} />
            </marker>
          ))}
        </defs>
        <g transform={transform.toString()}>
          <g transform={`translate(${MARGIN},${MARGIN})`}>
            {layout.columns.map(({ depth, x }) => (
              <text key={depth} x={x} y={-12} className="graph-depth">
                {depth === 0 ? 'start' : depth}
              </text>
            ))}
            {drawn.map(({ from, to, ops, lit: isLit }) => {
              const [a, b] = [layout.places.get(from), layout.places.get(to)];
              if (a === undefined || b === undefined) return null;
              const failed = ops.every((op) => op.failed);
              return (
                <path
                  key={`${from} ${to}`}
                  className="graph-edge"
                  d={edgePath(a, b, sizes)}
                  data-failed={failed}
                  data-lit={isLit}
                  markerEnd={
                    isLit === undefined ? undefined : `url(#graph-tip-${failed ? 'failed' : 'fine'})`
                  }
                  data-back={b.x <= a.x}
                />
              );
            })}
            {nodes.map((node) => {
              const place = layout.places.get(node.id);
              if (place === undefined) return null;
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: the list below serves keyboards
                <g
                  key={node.id}
                  className="graph-node"
                  data-chosen={node.id === chosen}
                  data-near={node.id === near?.id}
                  data-enabled={node.enabled !== null}
                  transform={`translate(${place.x - sizes.nodeWidth / 2},${place.y - HEIGHT / 2})`}
                  onPointerEnter={() => setHovered(node.id)}
                  onPointerLeave={() => setHovered(null)}
                  onClick={() => onChoose(node.id)}
                  onDoubleClick={() => onOpen(node.id)}
                >
                  <title>{stateSentence(node)}</title>
                  <rect width={sizes.nodeWidth} height={HEIGHT} rx="4" className="graph-frame" />
                  {(node.id === lit || neighbours.has(node.id)) && (
                    <text x={sizes.nodeWidth + 3} y={HEIGHT - 6} className="graph-number">
                      {node.id}
                    </text>
                  )}
                  {node.cells.map(({ state, fd, pending }, vector) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a vector is its number
                    <g key={vector} data-state={state} transform={`translate(${2 + vector * CELL},2)`}>
                      <rect x="1" y="1" width={CELL - 2} height={HEIGHT - 6} rx="2" className="graph-cell" />
                      {state === 'cached' && (
                        <rect
                          x="1"
                          y="1"
                          width={CELL - 2}
                          height={HEIGHT - 6}
                          rx="2"
                          fill="url(#graph-hatch)"
                        />
                      )}
                      {fd !== null && (
                        <text x={CELL / 2} y="12" className="graph-fd">
                          {fd - FIRST_FD}
                        </text>
                      )}
                      {pending && <circle cx={CELL - 4} cy="4" r="3" className="graph-pending" />}
                    </g>
                  ))}
                </g>
              );
            })}
          </g>
        </g>
      </svg>
    </div>
  );
}
