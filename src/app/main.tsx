// The page's entry: puts the app into index.html's #root.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { afterFirstPicture } from './parts/late.ts';
import './theme.css';
import './layout.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** The address and what the browser has kept come first where they say what to show. */
async function open(element: HTMLElement): Promise<void> {
  const isFresh = window.location.hash === '' && window.history.state === null;
  const follow = () => import('./state/address.ts').then(({ startAddress }) => startAddress());
  // where the address says nothing there is nothing to wait for; a page without its address is better than no page
  if (isFresh) void afterFirstPicture().then(follow);
  else await follow().catch(() => undefined);
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void open(root);
