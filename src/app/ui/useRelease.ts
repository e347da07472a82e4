// The kernel release whose lines the links of the page open.

import { type Release, releaseOf } from '../../views/trace/sources.ts';
import { useSession } from '../store/lab.ts';

/** Returns the release of the selected kernel. */
export function useRelease(): Release {
  const { generation, setup } = useSession();
  return releaseOf(generation, setup.host);
}
