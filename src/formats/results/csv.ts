// Rows as comma-separated values (RFC 4180): fields with a comma, a quote or a line break are quoted, and lines end with CR LF.

/** The beginnings with which a spreadsheet takes a field for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Returns rows as text. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function printCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
