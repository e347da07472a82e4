// Copies a link to the session.

import { useState } from 'react';
import { useApp } from '../../store/appContext.ts';
import { useSession } from '../../store/lab.ts';

export function ShareButton() {
  const app = useApp();
  const session = useSession();
  const [copied, setCopied] = useState<typeof session | null>(null);
  const copy = async () => {
    const { copyLink } = await import('../../store/share.ts');
    if (await copyLink(app)) setCopied(session);
  };
  return (
    <button type="button" className="share" title="Copy a link to this session" onClick={() => void copy()}>
      {copied === session ? 'Copied' : 'Copy link'}
    </button>
  );
}
