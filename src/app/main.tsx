// The page's entry: renders the lab, the embed (`?embed=1`) or a presenter's notes (`?notes=1`) into index.html's #root. The
// lab is part of the first load; the other two are fetched.
import './ui/shared.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserServices } from './services/services.ts';
import { isSingleFile } from './services/singleFile.ts';
import { EFFECTS } from './shell/effects.ts';
import { Page } from './shell/Page.tsx';
import { type App, createApp } from './store/app.ts';
import { AppProvider } from './store/appContext.ts';
import { PANES } from './store/panes.ts';
import { Boundary } from './ui/Boundary.tsx';
import { afterFirstPicture } from './ui/late.ts';
import { runEffectsBeforeEvents } from './ui/promptEffects.ts';
import './theme.css';
import './shell/layout.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const query = new URLSearchParams(window.location.search);
const isEmbed = query.get('embed') === '1';
const isNotes = query.get('notes') === '1';
const isPart = isEmbed || isNotes;

/** Returns the lab, after the address and the kept history if they name a session. */
async function openLab(app: App) {
  const isFresh = window.location.hash === '' && window.history.state === null;
  const sized = app.services.kept.read(PANES) !== null;
  const follow = () => import('./shell/address/address.ts').then(({ startAddress }) => startAddress(app));
  // a fresh page needs no address; a failed fetch must not hide the page
  if (isFresh) void afterFirstPicture().then(follow);
  else await follow().catch(() => undefined);
  // the panes have their sizes when they appear
  if (sized)
    await import('./shell/panes/kept.ts').then(({ showKept }) => showKept(app)).catch(() => undefined);
  return Page;
}

/** Returns the page inside another page, the window with a presenter's notes, or the lab. */
async function rootOf(app: App) {
  if (isEmbed) return (await import('./features/embed/EmbedPage.tsx')).EmbedPage;
  if (isNotes) return (await import('./features/learn/lesson/presenting/NotesPage.tsx')).NotesPage;
  return openLab(app);
}

async function open(app: App, element: HTMLElement): Promise<void> {
  const Root = await rootOf(app);
  createRoot(element).render(
    <StrictMode>
      <AppProvider value={app}>
        <Boundary what="The page">
          <Root />
        </Boundary>
      </AppProvider>
    </StrictMode>,
  );
  if (isSingleFile()) {
    const { followShippedLinks } = await import('./shell/shippedLinks.ts');
    followShippedLinks(app);
  }
  // the page comes first
  if (import.meta.env.PROD && !isPart) whenLoaded(() => void keepOffline(app));
}

async function keepOffline(app: App): Promise<void> {
  // if its code cannot be fetched, only the offline copy is missing
  const made = await import('./shell/update/keepOffline.ts').catch(() => null);
  await made?.keepOffline(app);
}

function whenLoaded(go: () => void): void {
  if (document.readyState === 'complete') setTimeout(go);
  else window.addEventListener('load', () => setTimeout(go), { once: true });
}

runEffectsBeforeEvents();
void open(createApp(browserServices(), isPart ? [] : EFFECTS), root);
