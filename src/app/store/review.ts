// The kernels of the review; the dialog that shows it is loaded when it is opened.

import { type App, slice } from './app.ts';
import { showOverlay } from './overlay.ts';

/** The ids of the kernels: named kernels or generations (explore/review/reviewed.ts). */
export interface ReviewKernels {
  readonly a: string;
  readonly b: string;
}

/** The kernels under review. */
export const reviewSlice = slice<ReviewKernels>(() => ({ a: 'v3', b: '6.12' }));

/** Opens the review of kernel A against kernel B. */
export function openReview(app: App, kernels: ReviewKernels): void {
  app.set(reviewSlice, kernels);
  showOverlay(app, 'review');
}
