import { AtomicStore, Injectable, Tool } from 'tenon';
import { Collection } from 'tenon/storage';

@Injectable()
export class NoteTools {
  readonly #notes: Collection;

  /** The storage of the server; in a collection of their own, notes meet no records of others. */
  constructor(store: AtomicStore) {
    this.#notes = new Collection({ store, name: 'notes' });
  }

  /** Keeps a note under a name. */
  @Tool()
  async keep(name: string, text: string): Promise<string> {
    await this.#notes.set(name, text);
    return `Kept ${name}`;
  }

  /** Reads a note. */
  @Tool()
  async recall(name: string): Promise<string> {
    const text = await this.#notes.get(name);
    return typeof text === 'string' ? text : `There is no note ${name}`;
  }
}
