// What stands in the place of a part of the page that broke, or whose code could not be fetched: words, and never nothing.

import { Component, type ReactNode } from 'react';

/** What a boundary needs. */
interface BoundaryProps {
  /** For instance `The view`. */
  readonly what: string;
  readonly children: ReactNode;
}

/** A part of the page that can break by itself. */
export class Boundary extends Component<BoundaryProps, { readonly broken: string | null }> {
  override state = { broken: null };

  static getDerivedStateFromError(error: unknown) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { broken } = this.state;
    if (broken === null) return this.props.children;
    return (
      <div className="broken" role="alert">
        <p>
          <b>{this.props.what} could not be shown.</b> {broken}
        </p>
        <p>The session is in the address, its branches are in this browser: a reload brings them back.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Reload
        </button>
      </div>
    );
  }
}
