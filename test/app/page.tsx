// The page of a test file: one app with the effects of the lab, and `render` inside it.

import { render as renderBare } from '@testing-library/react';
import type { ReactNode } from 'react';
import { browserServices } from '../../src/app/services/services.ts';
import { EFFECTS } from '../../src/app/shell/effects.ts';
import { createApp } from '../../src/app/store/app.ts';
import { AppProvider } from '../../src/app/store/appContext.ts';

/** The page of the test file that imports it. */
export const app = createApp(browserServices(), EFFECTS);

const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <AppProvider value={app}>{children}</AppProvider>
);

/** Renders inside the page of the test file. */
export const render = (element: ReactNode) => renderBare(element, { wrapper });
