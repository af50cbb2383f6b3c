import { Context, Tool, ToolError } from 'tenon';

const ORDERS = new Map([
  ['17', 'left the warehouse on Monday'],
  ['18', 'waits for payment'],
]);

export class OrderTools {
  /** Says where an order is. */
  @Tool()
  orderStatus(order: string): string {
    const status = ORDERS.get(order);
    if (status === undefined) throw new ToolError(`There is no order ${order}`);
    return status;
  }

  /** Writes a reply to a customer; the model looks up what it needs before it answers. */
  @Tool()
  async draftReply(question: string, ctx: Context) {
    const { text, history } = await ctx.sample(`Answer this customer in one sentence: ${question}`, {
      tools: ['orderStatus'],
      maxSteps: 3,
    });
    return { reply: text, messages: history.length };
  }
}
