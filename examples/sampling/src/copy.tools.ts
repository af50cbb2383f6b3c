import { Context, Tool } from 'tenon';

export class CopyTools {
  /** Makes a text better, with the help of the client's model. */
  @Tool()
  async enhanceText(text: string, ctx: Context): Promise<string> {
    const response = await ctx.requestSampling({
      messages: [
        { role: 'system', content: 'You are a professional copywriter.' },
        { role: 'user', content: `Enhance this text: ${text}` },
      ],
      temperature: 0.7,
      maxTokens: 500,
    });
    return response.content;
  }
}
