// The opened patch with the choices of the person. Its panel and the dialog for a what-if kernel are loaded when they are opened.

import type { Hunk, Patch } from '../../formats/patch/patch.ts';
import { hunkLines, quotedHunks } from '../../formats/patch/quote.ts';
import type { QuotedHunk } from '../../formats/review/mail.ts';
import type { GenerationId, NamedGenerationId } from '../../kernel/generations/generation.ts';
import { usualHost } from '../../kernel/usualHost.ts';
import { releaseFactsOf } from '../../machine/host.ts';
import { chooseGeneration, chooseSetup } from '../../session/edits.ts';
import { currentSession } from '../../session/history.ts';
import { kernelLane, type Lane } from '../../session/lanes.ts';
import type { PolicyModel } from '../../views/patch/policies.ts';
import { sidesOfKernels } from '../../views/review/sides.ts';
import { type App, slice } from './app.ts';
import { openCompare, putLane } from './compare.ts';
import { edit, labSlice } from './lab.ts';
import { showOverlay } from './overlay.ts';
import { openReview } from './review.ts';
import { openView, viewSlice } from './view.ts';

/** The opened patch. */
interface PatchState {
  /** Null before the first patch. */
  readonly patch: Patch | null;
  /** The name of its file. */
  readonly name: string;
  /** The kernel that the patch changes, and the tokens of the policies that the person says it changes. */
  readonly base: NamedGenerationId;
  readonly changes: readonly string[];
  /** The hunks that a mail quotes, by index. */
  readonly quoted: readonly number[];
}

/** The opened patch. */
export const patchSlice = slice<PatchState>(() => ({
  patch: null,
  name: '',
  base: 'dynamic',
  changes: [],
  quoted: [],
}));

/** Shows a patch. No policy is chosen: nothing is guessed from its lines. */
export function showPatch(app: App, name: string, patch: Patch): void {
  app.set(patchSlice, { ...patchSlice.first(app), name, patch });
  showOverlay(app, 'patch');
}

/** Returns the hunks that a mail quotes, as a reply quotes them; empty without any. */
export function quotedForMail(app: App): string {
  const { patch, quoted } = app.get(patchSlice);
  const hunks = quoted.flatMap((at): readonly Hunk[] => patch?.file.hunks.slice(at, at + 1) ?? []);
  return quotedHunks(hunks);
}

/** Returns the first hunk that a mail quotes, with the function that it touches; null without any. */
export function hunkForMail(app: App): QuotedHunk | null {
  const { patch, quoted } = app.get(patchSlice);
  const hunk = quoted.flatMap((at) => patch?.file.hunks.slice(at, at + 1) ?? [])[0];
  if (hunk === undefined) return null;
  return { fn: hunk.functions[0] ?? 'vfio_pci_intrs.c', lines: hunkLines(hunk) };
}

/** What the dialog for a what-if kernel is for. */
export interface WhatIfTarget {
  /** The kernel with which it begins. */
  readonly from: GenerationId;
  /** The text of its button. */
  readonly label: string;
  /** Whether it also offers a comparison with the base and a review against it. */
  readonly compares: boolean;
  readonly use: (app: App, model: PolicyModel, id: GenerationId) => void;
}

/** The open dialog for a what-if kernel; null before the first one. */
export const whatIfSlice = slice<{ readonly target: WhatIfTarget | null }>(() => ({ target: null }));

/** Opens the dialog for a what-if kernel. */
export function openWhatIf(app: App, target: WhatIfTarget): void {
  app.set(whatIfSlice, { target });
  showOverlay(app, 'whatIf');
}

/** Opens the dialog for the kernel of the lab. */
export function openLabWhatIf(app: App): void {
  const { generation: from } = currentSession(app.get(labSlice).history);
  openWhatIf(app, { from, label: 'Use this kernel', compares: true, use: runUnder });
}

/** Runs the script of the lab under a kernel; the facts of a release with the same driver stay. */
export function runUnder(app: App, model: PolicyModel, id: GenerationId): void {
  if (app.get(viewSlice).view !== 'lab') openView(app, 'lab');
  edit(app, `run under ${id}`, (now) =>
    model.baseOf(now.generation) === model.baseOf(id)
      ? { ...chooseSetup(now, now.setup), generation: id }
      : chooseGeneration(now, id),
  );
}

/** Opens Compare with the base and a kernel, on the same facts. */
export function compareWithBase(app: App, model: PolicyModel, id: GenerationId): void {
  openCompare(app, [laneOf(app, model, model.baseOf(id)), laneOf(app, model, id)], null);
}

/** Opens the review of a kernel against its base. */
export function reviewAgainstBase(app: App, model: PolicyModel, id: GenerationId): void {
  openReview(app, sidesOfKernels(id, model.baseOf(id)));
}

/** Puts a kernel into a lane; null adds one. */
export function putKernel(app: App, model: PolicyModel, id: GenerationId, at: number | null): void {
  putLane(app, laneOf(app, model, id), at);
}

/** Returns a lane with the facts of the session's release if that has the same driver, else of the usual one. */
function laneOf(app: App, model: PolicyModel, id: GenerationId): Lane {
  const { generation, setup } = currentSession(app.get(labSlice).history);
  const base = model.baseOf(id);
  return kernelLane(id, releaseFactsOf(model.baseOf(generation) === base ? setup.host : usualHost(base)));
}
