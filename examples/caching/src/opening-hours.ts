import { tool } from 'tenon';

/** A tool without a class, which ToolInjection puts in front of those of the laboratory. */
export const openingHours = tool({
  name: 'openingHours',
  description: 'When the laboratory is open.',
  annotations: { readOnlyHint: true },
  run: () => 'From eight to six',
});
