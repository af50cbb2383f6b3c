import { Components, Injectable, prompt, tool, Tool, type InlineComponent } from 'tenon';

/** The tools that change what the server offers, so that who listens has something to hear. */
@Injectable()
export class ChangingTools {
  constructor(private readonly components: Components) {}

  /** Adds a tool, and takes it away again. */
  @Tool('test_trigger_tool_change')
  tools(): string {
    return this.#comesAndGoes('test_short_lived_tool', tool);
  }

  /** Adds a prompt, and takes it away again. */
  @Tool('test_trigger_prompt_change')
  prompts(): string {
    return this.#comesAndGoes('test_short_lived_prompt', prompt);
  }

  #comesAndGoes(
    name: string,
    make: (component: { name: string; run: () => string }) => InlineComponent,
  ): string {
    this.components.add(make({ name, run: () => 'Here for a moment.' }));
    this.components.remove({ names: [name] });
    return 'The list has changed.';
  }
}
