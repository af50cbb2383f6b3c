import { z } from 'zod';

/** The input every peer validates, in the schema library all of them document. */
export const pair = { a: z.number(), b: z.number() };

/** The names of the tools that stand beside `add`: TOOLS less one of them. */
export const otherNames = Array.from(
  { length: Number(process.env.TOOLS ?? 10) - 1 },
  (_, index) => `other_${index + 1}`,
);

/** Where the server listens. */
export const port = Number(process.env.PORT ?? 8000);

/** Tells the runner that the server answers. */
export function listening() {
  process.stdout.write(`listening ${port}\n`);
}
