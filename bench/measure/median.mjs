/** The middle of the numbers. */
export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** The value below which the given share of the numbers lies. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  return below + (sorted[Math.ceil(position)] - below) * (position % 1);
}
