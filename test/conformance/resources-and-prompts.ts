import { Complete, Message, Prompt, Resource } from 'tenon';
import { PNG } from './media.js';

/** The resources the official scenarios read, by the URIs and with the contents they expect. */
export class FixtureResources {
  /** A text that never changes. */
  @Resource('test://static-text', { mimeType: 'text/plain' })
  staticText(): string {
    return 'This is the content of the static text resource.';
  }

  /** A picture that never changes. */
  @Resource('test://static-binary', { mimeType: 'image/png' })
  staticBinary(): Uint8Array {
    return Buffer.from(PNG, 'base64');
  }

  /** Data of an id. */
  @Resource('test://template/{id}/data', { mimeType: 'application/json' })
  template(id: string): object {
    return { id, templateTest: true, data: `Data for ID: ${id}` };
  }

  /** A resource clients may watch. */
  @Resource('test://watched-resource', { mimeType: 'text/plain' })
  watched(): string {
    return 'Watched resource content.';
  }
}

/** The prompts the official scenarios ask for. */
export class FixturePrompts {
  /** A prompt without arguments. */
  @Prompt('test_simple_prompt')
  simple(): string {
    return 'This is a simple prompt for testing.';
  }

  /** A prompt with two arguments. */
  @Prompt('test_prompt_with_arguments')
  withArguments(arg1: string, arg2: string): string {
    return `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`;
  }

  /** A prompt with a resource in it. */
  @Prompt('test_prompt_with_embedded_resource')
  withResource(resourceUri: string): unknown[] {
    const text = 'Embedded resource content for testing.';
    return [
      Message.user({ type: 'resource', resource: { uri: resourceUri, mimeType: 'text/plain', text } }),
      'Please process the embedded resource above.',
    ];
  }

  /** A prompt with a picture in it. */
  @Prompt('test_prompt_with_image')
  withImage(): unknown[] {
    return [
      Message.user({ type: 'image', data: PNG, mimeType: 'image/png' }),
      'Please analyze the image above.',
    ];
  }

  /** What may stand in the first argument. */
  @Complete('test_prompt_with_arguments', 'arg1')
  firstArgument(typed: string): string[] {
    return ['paris', 'park', 'party'].filter((word) => word.startsWith(typed));
  }
}
