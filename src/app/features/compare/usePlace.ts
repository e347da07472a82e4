// The current place in the comparison: the line of the session's cursor, and inside it a step over the aligned traces. The
// keys of time move through both while Compare is open.

import { useEffect, useMemo } from 'react';
import type { Frame } from '../../../kernel/frame.ts';
import type { Divergence } from '../../../session/divergence.ts';
import { observedFrames } from '../../../session/observe.ts';
import type { Cursor } from '../../../session/session.ts';
import { kernelSteps } from '../../../session/steps.ts';
import {
  type AlignedRow,
  type AlignedStep,
  alignedSteps,
  alignTraces,
} from '../../../views/compare/align.ts';
import type { Comparing } from '../../../views/compare/comparing.ts';
import { explain } from '../../../views/compare/explain.ts';
import { alignedStepOf, partingStep } from '../../../views/compare/seek.ts';
import { statementText } from '../../../views/compare/statement.ts';
import type { App } from '../../store/app.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { compareSlice, setTraveller } from '../../store/compare.ts';
import { labSlice, lookAt, useSession } from '../../store/lab.ts';

/** The current place with its traces. */
export interface Place {
  readonly line: number;
  /** Index in `steps`, or null for the whole line. */
  readonly step: number | null;
  readonly rows: readonly AlignedRow[];
  readonly steps: readonly AlignedStep[];
}

/** Goes to a line and announces its first difference. */
export function goToLine(app: App, comparing: Comparing, line: number, labels: readonly string[]): void {
  app.set(compareSlice, { step: null });
  lookAt(app, { line, step: null });
  const [statement] = explain(comparing.divergence, line, labels);
  const told = statement === undefined ? 'No difference.' : statementText(statement);
  app.set(labSlice, { announcement: line === 0 ? 'Start of the script.' : `Line ${line}. ${told}` });
}

/** Goes to a step inside the line. */
export function goToStep(app: App, cursor: Cursor, step: number | null): void {
  app.set(compareSlice, { step });
  if (cursor.step !== null) lookAt(app, { line: cursor.line, step: null });
}

function tracesOf({ lanes, terms }: Divergence, line: number): readonly (readonly Frame[])[] {
  return lanes.map((lane) => (terms.observed ? observedFrames(lane.framesOf(line)) : lane.framesOf(line)));
}

/** Returns the current place; overrides the keys of time while the view is open. */
export function usePlace(comparing: Comparing, labels: readonly string[]): Place {
  const app = useApp();
  const { cursor, generation } = useSession();
  const { step: asked, onlyDiffering } = useSlice(compareSlice);
  const { divergence } = comparing;
  const line = Math.min(cursor.line, divergence.length);
  const known = line <= divergence.done;
  const rows = useMemo(() => {
    if (!known || line === 0) return [];
    return alignTraces(divergence.lanes, tracesOf(divergence, line));
  }, [divergence, line, known]);
  const steps = useMemo(() => alignedSteps(rows), [rows]);
  const step = useMemo(() => {
    if (steps.length === 0) return null;
    if (typeof asked === 'number') return Math.min(asked, steps.length - 1);
    const { lanes, terms } = divergence;
    const traces = tracesOf(divergence, line);
    if (asked === 'parting')
      return partingStep({ rows, steps, traces, before: lanes.map((lane) => lane.machineAfter(line - 1)) });
    // the lab's step when Compare was opened, in the lane of its kernel
    const lane = lanes.findIndex((one) => !one.recorded && one.generation === generation);
    const own = lane < 0 || terms.observed || cursor.step === null ? null : lanes[lane];
    const place = own == null ? undefined : kernelSteps(own.framesOf(line))[cursor.step ?? 0];
    return place === undefined ? null : alignedStepOf({ rows, steps }, lane, place);
  }, [asked, divergence, rows, steps, line, generation, cursor.step]);
  useEffect(() => {
    const end = divergence.length;
    const before = () => (onlyDiffering ? (divergence.previous(line) ?? 0) : Math.max(0, line - 1));
    const after = () => (onlyDiffering ? (divergence.next(line) ?? line) : Math.min(end, line + 1));
    const inside = step !== null;
    const targets = {
      first: () => goToLine(app, comparing, 0, labels),
      last: () => goToLine(app, comparing, end, labels),
      previous: () =>
        inside
          ? goToStep(app, cursor, step > 0 ? step - 1 : null)
          : goToLine(app, comparing, before(), labels),
      next: () =>
        inside
          ? goToStep(app, cursor, step + 1 < steps.length ? step + 1 : null)
          : goToLine(app, comparing, after(), labels),
      into: () => goToStep(app, cursor, 0),
      out: () => goToStep(app, cursor, null),
    } as const;
    setTraveller(app, {
      go: (how) => targets[how](),
      can: (how) => {
        if (how === 'into') return !inside && steps.length > 0;
        if (how === 'out') return inside;
        if (how === 'next' || how === 'last') return inside || line < end;
        return inside || line > 0;
      },
      difference: (forward) => {
        const to = forward ? divergence.next(line) : divergence.previous(line);
        if (to !== null) goToLine(app, comparing, to, labels);
      },
      hasDifference: (forward) => (forward ? divergence.next(line) : divergence.previous(line)) !== null,
    });
    return () => setTraveller(app, null);
  }, [comparing, divergence, cursor, line, step, steps, onlyDiffering, labels, app]);
  return { line, step, rows, steps };
}
