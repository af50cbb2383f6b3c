import type { CreateMessageResult, Params, SamplingHandler } from 'tenon';

/** A model of the server's own; where it would call one, this example says what it would have asked. */
export class HouseModel implements SamplingHandler {
  createMessage({ systemPrompt }: Params): CreateMessageResult {
    return {
      role: 'assistant',
      model: 'house-model',
      content: { type: 'text', text: `The house's own model was asked: ${String(systemPrompt)}` },
    };
  }
}
