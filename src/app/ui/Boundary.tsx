// Shows an error message in place of a part of the page that failed, or whose code could not be fetched. The other parts stay.

import { Component, lazy, type ReactNode, Suspense } from 'react';

const SessionLink = lazy(async () => ({ default: (await import('./SessionLink.tsx')).SessionLink }));

interface BoundaryProps {
  /** For instance `The view`. */
  readonly what: string;
  /** The class of the pane, so that the message takes its place. */
  readonly pane?: string;
  readonly children: ReactNode;
}

/** Contains the failure of one part of the page. */
export class Boundary extends Component<BoundaryProps, { readonly broken: string | null }> {
  override state = { broken: null };

  static getDerivedStateFromError(error: unknown) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { broken } = this.state;
    const { what, pane, children } = this.props;
    if (broken === null) return children;
    return (
      <div className={pane === undefined ? 'part-failed' : `pane ${pane} part-failed`} role="alert">
        <p>
          <b>{what} could not be shown.</b> {broken}
        </p>
        <p>A reload restores the session from the address, and its branches from this browser.</p>
        <p>
          <button type="button" onClick={() => this.setState({ broken: null })}>
            Try again
          </button>{' '}
          <Suspense fallback={null}>
            <SessionLink />
          </Suspense>{' '}
          <button type="button" onClick={() => window.location.reload()}>
            Reload
          </button>
        </p>
      </div>
    );
  }
}
