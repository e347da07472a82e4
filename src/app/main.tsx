// The page's entry: puts the app into index.html's #root.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Boundary } from './parts/Boundary.tsx';
import { isSingleFile } from './state/shipped.ts';
import './theme.css';
import './layout.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** The address and what the browser has kept come first where they say what to show. */
async function open(element: HTMLElement): Promise<void> {
  const isFresh = window.location.hash === '' && window.history.state === null;
  const address = import('./state/address.ts').then(({ startAddress }) => startAddress());
  // a page without its address is better than no page
  if (!isFresh) await address.catch(() => undefined);
  createRoot(element).render(
    <StrictMode>
      <Boundary what="The page">
        <App />
      </Boundary>
    </StrictMode>,
  );
  if (isSingleFile()) {
    const { followShippedLinks } = await import('./state/shippedLinks.ts');
    followShippedLinks();
  }
  // what comes after the page must not hold it up
  if (import.meta.env.PROD) whenLoaded(() => void keepOffline());
}

async function keepOffline(): Promise<void> {
  // without it, or while its code cannot be fetched, the page is the same but for being kept
  const made = await import('./state/keepOffline.ts').catch(() => null);
  await made?.keepOffline();
}

function whenLoaded(go: () => void): void {
  if (document.readyState === 'complete') setTimeout(go);
  else window.addEventListener('load', () => setTimeout(go), { once: true });
}

void open(root);
