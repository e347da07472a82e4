// The export formats by name.

/** The export formats. */
export const EXPORT_FORMATS = ['promela', 'tla'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
