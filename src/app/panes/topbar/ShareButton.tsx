// The session as a link in the clipboard.

import { useState } from 'react';
import { useSession } from '../../state/lab.ts';

/** Copies the address, which is the session. */
export function ShareButton() {
  const session = useSession();
  const [copied, setCopied] = useState<typeof session | null>(null);
  const copy = async () => {
    const { copyLink } = await import('../../state/share.ts');
    if (await copyLink()) setCopied(session);
  };
  return (
    <button type="button" className="share" title="Copy a link to this session" onClick={() => void copy()}>
      {copied === session ? 'Link copied' : 'Copy link'}
    </button>
  );
}
