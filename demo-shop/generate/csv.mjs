/** csv.mjs - rows to CSV, quoting only what must be quoted (RFC 4180, with plain newlines). */

const field = (value) => {
  const text = value === undefined || value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** @param {object[]} rows @param {string[]} columns */
export const toCsv = (rows, columns) => [columns, ...rows.map((row) => columns.map((c) => row[c]))]
  .map((cells) => cells.map(field).join(',')).join('\n') + '\n';
