// Copies a link to the session, or in Explore and Lessons to the search or page.

import { useApp, useSlice } from '../../store/appContext.ts';
import { viewSlice } from '../../store/view.ts';
import { useCopied } from '../../ui/useCopied.ts';

export function ShareButton() {
  const app = useApp();
  const view = useSlice(viewSlice, (state) => state.view);
  const [copied, setCopied] = useCopied();
  const copy = async () => {
    const { copyLink } = await import('../../store/share.ts');
    if (await copyLink(app)) setCopied();
  };
  const isPage = view === 'learn';
  return (
    <button
      type="button"
      className="share"
      title={`Copy a link to this ${isPage ? 'page' : view === 'explore' ? 'search' : 'session'}`}
      onClick={() => void copy()}
    >
      {copied ? 'Copied' : isPage ? 'Copy page link' : 'Copy link'}
    </button>
  );
}
