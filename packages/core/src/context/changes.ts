/** Hears what clients are told to have changed; call the answer of `hear` to stop. */
export interface ChangeListener {
  /** The list that this method answers has changed, as `tools/list`. */
  listChanged(method: string): void;
  /** What is read under this URI has changed. */
  updated(uri: string): void;
}

/** Tells inside the process what clients are told to have changed. */
export abstract class Changes {
  /** Listens; call the answer to stop. */
  abstract hear(listener: ChangeListener): () => void;
}
