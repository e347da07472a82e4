// The page's entry: puts the lab, or what stands inside another page (`?embed=1`), into index.html's #root. Both are fetched
// when they are wanted, so that neither loads the other.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme.css';
import './layout.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** The lab; the address and what the browser has kept come first where they say what to show. */
async function openLab() {
  const isFresh = window.location.hash === '' && window.history.state === null;
  const app = import('./App.tsx');
  const address = import('./state/address.ts').then(({ startAddress }) => startAddress());
  // a page without its address is better than no page
  if (!isFresh) await address.catch(() => undefined);
  return (await app).App;
}

async function open(element: HTMLElement): Promise<void> {
  const isEmbed = new URLSearchParams(window.location.search).get('embed') === '1';
  const Page = isEmbed ? (await import('./embed/EmbedPage.tsx')).EmbedPage : await openLab();
  createRoot(element).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}

void open(root);
