// The page's entry: puts the lab, or what stands inside another page (`?embed=1`), into index.html's #root. The lab is in the
// first load, so that nothing has to be asked for before it stands; the embed is fetched.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Boundary } from './parts/Boundary.tsx';
import { afterFirstPicture } from './parts/late.ts';
import { isSingleFile } from './state/shipped.ts';
import './theme.css';
import './layout.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** The lab; the address and what the browser has kept come first where they say what to show. */
async function openLab() {
  const isFresh = window.location.hash === '' && window.history.state === null;
  const follow = () => import('./state/address.ts').then(({ startAddress }) => startAddress());
  // where the address says nothing there is nothing to wait for; a page without its address is better than no page
  if (isFresh) void afterFirstPicture().then(follow);
  else await follow().catch(() => undefined);
  return App;
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
