/**
 * markdown.mjs - tables that can be read in the source as well
 */

/** Columns are padded; those whose every cell is a number stand to the right. */
export function table(header, rows) {
  const cells = [header, ...rows].map((row) => row.map((cell) => String(cell ?? '-')));
  const widths = header.map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)));
  const isNumber = header.map((_, i) =>
    cells.slice(1).every((row) => /^[*-]*[0-9.,]+ ?[%†*]*( \([-+0-9., ]*\))?[*]*$|^-$/.test(row[i])));
  const line = (row) => `| ${row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i])
    : cell.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (isNumber[i] ? `${'-'.repeat(width + 1)}:`
    : '-'.repeat(width + 2))).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

export const fixed = (number, digits) => (number === undefined ? '-' : number.toFixed(digits));

/** 1234567 as 1,234,567. */
export const grouped = (number) => (number === undefined ? '-' : Math.round(number)
  .toString().replace(/\B(?=(\d{3})+$)/g, ','));

/** "56.93 (56.43 - 57.41)" */
export const withInterval = (mean, interval, digits = 2) =>
  `${fixed(mean, digits)} (${fixed(interval[0], digits)} - ${fixed(interval[1], digits)})`;
