import { Components, Injectable, resource, Resource, Tool } from 'tenon';

/** A board of notes; clients that watch it are told when it changes, and when there is more to read. */
@Injectable()
export class Board {
  readonly #notes: string[] = [];

  constructor(private readonly components: Components) {}

  /** All notes on the board. */
  @Resource('board://notes')
  notes(): readonly string[] {
    return this.#notes;
  }

  /** Pins a note to the board. */
  @Tool()
  pin(note: string): number {
    this.#notes.push(note);
    this.components.updated('board://notes');
    return this.#notes.length;
  }

  /** Puts what is on the board into the archive, as a resource of its own. */
  @Tool()
  archive(title: string): string {
    const uri = `board://archive/${encodeURIComponent(title)}`;
    const notes = this.#notes.splice(0);
    this.components.add(resource({ uri, name: title, run: () => notes }));
    this.components.updated('board://notes');
    return uri;
  }

  /** Throws an archive away. */
  @Tool()
  discard(uri: string): boolean {
    return this.components.remove({ kinds: ['resource'], names: [uri] }) > 0;
  }
}
