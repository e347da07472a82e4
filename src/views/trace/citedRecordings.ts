// The recordings that source lines of lessons, scenarios and the glossary cite, by the name in the citation. The page ships
// all of them (public/recordings), so a citation opens its recording.

/** Name in a citation → file below `recordings/`, without the ending. */
const FILES: ReadonlyMap<string, string> = new Map([
  ...[
    ...['bad-attached-single', 'bad-block-third', 'bad-first-on-enable@e1000e', 'bad-last-on-enable'],
    ...['bad-number-stolen', 'bad-unallocated', 'count-zero', 'deassign-reassign', 'disable-variants'],
    ...['dynamic-block', 'enable-disable-enable', 'exhaust-dynamic@nvme2048', 'exhaust-enable@nvme2048'],
    ...[
      'intx-basic@e1000e',
      'intx-unmask-eventfd@e1000e',
      'mask-msix',
      'mode-msix-msi',
      'msi-multi@xhcinoir',
      'pending-across-disable',
    ],
    ...['req-index', 'reset-enabled', 'same-eventfd-twice', 'static/bad-attached-single'],
    ...['v2/bad-number-stolen', 'v2/deassign-reassign'],
    ...['v3/bad-attached-single', 'v3/bad-number-stolen', 'v3/random-026'],
  ].map((path) => {
    const [, folder = 'dynamic', name = '', config] = /^(?:(\w+)\/)?([^@]+)(?:@(\w+))?$/.exec(path) ?? [];
    const cited = path.includes('/') ? `${folder}/${name}` : name;
    return [cited, `${folder}-${name}${config === undefined ? '' : `-${config}`}`] as const;
  }),
  // recordings of other releases and hosts are cited by their path below test/recordings
  ...[
    'eventfd-write/linux-6.1/eventfd-write-size',
    'linux-5.10/intx-unmask-eventfd@e1000e',
    'linux-7.3/err-not-express@edu',
    'memory-off/linux-6.12.107/reset-memory-off',
    'memory-off/linux-6.12.107/reset-memory-on',
    'memory-off/linux-6.12.111/reset-memory-off',
    'no-dynamic-arm64/linux-6.12/dynamic-single',
  ].map((path) => [path, path.replaceAll(/[/@]/g, '-')] as const),
]);

/** Returns the shipped file of a cited recording, for instance `v3-random-026` for `v3/random-026`; null for others. */
export function recordingFile(cited: string): string | null {
  return FILES.get(cited) ?? null;
}
