import { Components, Injectable, Prompt, Resource, Tool } from 'tenon';

/** What is read and rendered: resources are kept until they change, prompts are rendered each time. */
@Injectable()
export class LibraryHandlers {
  readonly #pages = new Map([['methods', 'Measure twice.']]);
  #reads = 0;
  #renders = 0;

  constructor(private readonly components: Components) {}

  /** A page of the handbook. */
  @Resource('handbook://{page}')
  page(page: string) {
    return `${this.#pages.get(page) ?? 'Empty.'} (read ${++this.#reads})`;
  }

  /** Writes a page: who has kept it, server and clients alike, is told. */
  @Tool()
  write(page: string, text: string) {
    this.#pages.set(page, text);
    this.components.updated(`handbook://${page}`);
    return 'written';
  }

  /** Explain a method. */
  @Prompt()
  explain(method: string) {
    return `Explain ${method} (${++this.#renders}).`;
  }
}
