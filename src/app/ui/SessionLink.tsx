// Copies the session's link beside the message about a failed part, for a report or another browser.

import { useState } from 'react';
import { useApp } from '../store/appContext.ts';
import { copyLink } from '../store/share.ts';

/** The button. */
export function SessionLink() {
  const app = useApp();
  const [told, setTold] = useState('');
  const copy = async () => {
    try {
      setTold((await copyLink(app)) ? 'Copied.' : 'Not copied.');
    } catch (error) {
      setTold(`The link could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Copy the link of the session
      </button>{' '}
      {told}
    </>
  );
}
