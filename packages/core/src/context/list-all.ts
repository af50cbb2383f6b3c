import type { Params } from '../mcp/message.js';

/** A list from its first page to its last. */
export async function listAll(
  call: (method: string, params: Params) => Promise<object>,
  method: string,
  field: string,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let cursor: unknown;
  do {
    const page = (await call(method, cursor === undefined ? {} : { cursor })) as Params;
    all.push(...(page[field] as readonly unknown[]));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}
