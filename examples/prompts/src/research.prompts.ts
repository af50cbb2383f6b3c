import { Message, Prompt } from 'tenon';

export class ResearchPrompts {
  /**
   * Asks for an analysis.
   *
   * @param topic What is to be analyzed.
   */
  @Prompt()
  analyze(topic: string): string {
    return `Analyze ${topic} considering:
1. Current state
2. Challenges
3. Opportunities
4. Recommendations

Use available tools to gather data.`;
  }

  /** What this server can do. */
  @Prompt('help')
  helpText(): string {
    return `Welcome to My Server!

Available tools:
- search: Search for items
- process: Process data

Available resources:
- info://status: Server status`;
  }

  /**
   * Begins an interview about a topic, in the tone that is asked for.
   *
   * @param topic What the interview is about.
   * @param questions How many questions there are.
   * @param tone How they should sound.
   */
  // Clients send every argument as text: what is a number here is read from it.
  @Prompt({ title: 'Interview' })
  interview(topic: string, questions = 3, tone = 'curious') {
    return [
      `I know a lot about ${topic}. Ask me ${questions} questions, one at a time, and sound ${tone}.`,
      Message.assistant(`Gladly! What made you begin with ${topic}?`),
    ];
  }
}
