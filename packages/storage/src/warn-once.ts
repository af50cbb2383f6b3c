/** So many texts are remembered; after that they are told again. */
const MAX = 1000;
const told = new Set<string>();

/** Tells the operator something about a store, each text once. */
export function warnOnce(text: string): void {
  if (told.has(text)) return;
  if (told.size >= MAX) told.clear();
  told.add(text);
  process.emitWarning(text, 'StorageWarning');
}
