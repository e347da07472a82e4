// Whether readers of a mail can open an address.

/** Addresses of one machine, or of one network. */
const ONE_MACHINE = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/i;
const ONE_NETWORK =
  /^(?:10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|[^.]+|.*\.(?:local|lan|internal|home\.arpa)|\[f[cde].*\])$/i;

/** Returns why others cannot open an address, as a sentence; null if they can, as far as the address shows. */
export function unreachable(link: string): string | null {
  const [, scheme = '', host = ''] = /^([a-z]+):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^/:#?]*)/i.exec(link) ?? [];
  if (!/^https?$/i.test(scheme)) return 'The link names a file of this machine, which nobody else can open.';
  if (ONE_MACHINE.test(host)) return `The link names ${host}, which is another machine for everybody else.`;
  if (ONE_NETWORK.test(host)) return `The link names ${host}, which only this network knows.`;
  return null;
}
