/** Deeper than errors wrap each other; a cause may lead back to itself. */
const MAX_DEPTH = 10;

/** What was thrown, and what that says has caused it, in turn. */
export function causesOf(thrown: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (
    let each = thrown;
    each !== undefined && each !== null && chain.length < MAX_DEPTH;
    each = causeOf(each)
  )
    chain.push(each);
  return chain;
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}
