/** A table as text: a caption, then rows under heads; numbers stand at the right. */
export function table(caption, rows, columns) {
  const heads = Object.keys(columns);
  const cells = rows.map((row) => heads.map((head) => show(columns[head](row))));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column].length)),
  );
  const line = (words) =>
    words
      .map((word, column) => (column === 0 ? word.padEnd(widths[0]) : word.padStart(widths[column])))
      .join('  ');
  return [
    caption,
    line(heads),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...cells.map(line),
    '',
  ].join('\n');
}

function show(value) {
  if (value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
}
