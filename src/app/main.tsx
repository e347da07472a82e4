// The page's entry: puts the lab, or what stands inside another page (`?embed=1`), into index.html's #root. Both are fetched
// when they are wanted, so that neither loads the other.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Boundary } from './parts/Boundary.tsx';
import { isSingleFile } from './state/shipped.ts';
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
      <Boundary what="The page">
        <Page />
      </Boundary>
    </StrictMode>,
  );
  if (isSingleFile()) {
    const { followShippedLinks } = await import('./state/shippedLinks.ts');
    followShippedLinks();
  }
  // what comes after the page must not hold it up
  if (import.meta.env.PROD && !isEmbed) whenLoaded(() => void keepOffline());
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
