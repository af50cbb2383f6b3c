/** What a program says on stderr to who has started it by hand, from a terminal. */
export function terminalHint(name: string): string {
  return (
    `${name} speaks MCP over stdin and stdout, and waits for a client: one that starts this command by itself.\n` +
    'To serve clients that connect to an address: --transport http --port 8000. To end it: Ctrl+C.\n'
  );
}

/** So many names are listed at most. */
const MAX_NAMES = 10;

/** What is logged where nothing describes some components, and comments may have been lost. */
export function undescribedHint(components: readonly string[]): string {
  const names = components.slice(0, MAX_NAMES).join(', ');
  const more = components.length > MAX_NAMES ? ` and ${components.length - MAX_NAMES} more` : '';
  return (
    `Nothing tells the model what these do: ${names}${more}. Write a doc comment above each. If there is one, the build has ` +
    'removed it: set "removeComments": false for tsc, "jsc.preserveAllComments": true for swc; esbuild and tsx keep none, ' +
    "so say it with @Tool({ description: '…' })."
  );
}
