import { Tool, ToolError, type ContentBlock } from 'tenon';
import { PNG, WAV } from './media.js';

/** The tools the official scenarios call, by the names and with the answers they expect. */
export class ContentTools {
  /** Answers with text. */
  @Tool('test_simple_text')
  simpleText(): string {
    return 'This is a simple text response for testing.';
  }

  /** Answers with a picture. */
  @Tool('test_image_content')
  image(): ContentBlock {
    return { type: 'image', data: PNG, mimeType: 'image/png' };
  }

  /** Answers with a sound. */
  @Tool('test_audio_content')
  audio(): ContentBlock {
    return { type: 'audio', data: WAV, mimeType: 'audio/wav' };
  }

  /** Answers with a resource. */
  @Tool('test_embedded_resource')
  embeddedResource(): ContentBlock {
    const text = 'This is an embedded resource content.';
    return { type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text } };
  }

  /** Answers with three kinds of content. */
  @Tool('test_multiple_content_types')
  multipleContentTypes(): ContentBlock[] {
    const text = '{"test":"data","value":123}';
    return [
      { type: 'text', text: 'Multiple content types test:' },
      { type: 'image', data: PNG, mimeType: 'image/png' },
      {
        type: 'resource',
        resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text },
      },
    ];
  }

  /** Fails on purpose. */
  @Tool('test_error_handling')
  errorHandling(): never {
    throw new ToolError('This tool intentionally returns an error for testing');
  }
}
