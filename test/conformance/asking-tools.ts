import { Context, inputRequired, Prompt, Tool, type InputRequired } from 'tenon';

const NAME = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };

/** A question for a form, in the protocol's own words. */
function form(message: string, requestedSchema: object) {
  return { method: 'elicitation/create', params: { message, requestedSchema } } as const;
}

/** A question for the model, in the protocol's own words. */
function model(text: string, maxTokens: number) {
  const messages = [{ role: 'user', content: { type: 'text', text } }];
  return { method: 'sampling/createMessage', params: { messages, maxTokens } } as const;
}

/** The tools that ask the client something while they run. */
export class AskingTools {
  /** Asks the model. */
  @Tool('test_sampling')
  async sampling(prompt: string, ctx: Context): Promise<string> {
    return `LLM response: ${(await ctx.sample(prompt, { maxTokens: 100 })).text}`;
  }

  /** Asks the person. */
  @Tool('test_elicitation')
  async elicitation(message: string, ctx: Context): Promise<string> {
    const text = { type: 'string' };
    const requestedSchema = {
      type: 'object',
      properties: { username: text, email: text },
      required: ['username', 'email'],
    };
    return `User response: ${JSON.stringify(await ctx.ask(form(message, requestedSchema)))}`;
  }

  /** Asks the person, with a default for each kind of field. */
  @Tool('test_elicitation_sep1034_defaults')
  async defaults(ctx: Context): Promise<string> {
    const answer = await ctx.ask(
      form('Please review your profile', {
        type: 'object',
        properties: {
          name: { type: 'string', default: 'John Doe' },
          age: { type: 'integer', default: 30 },
          score: { type: 'number', default: 95.5 },
          status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
          verified: { type: 'boolean', default: true },
        },
      }),
    );
    return `Elicitation completed: ${JSON.stringify(answer)}`;
  }

  /** Asks the person, with each kind of choice. */
  @Tool('test_elicitation_sep1330_enums')
  async enums(ctx: Context): Promise<string> {
    const titled = ['one', 'two', 'three'].map((value) => ({ const: value, title: `Option ${value}` }));
    const plain = ['option1', 'option2', 'option3'];
    const answer = await ctx.ask(
      form('Please choose', {
        type: 'object',
        properties: {
          untitledSingle: { type: 'string', enum: plain },
          titledSingle: { type: 'string', oneOf: titled },
          legacyEnum: { type: 'string', enum: plain, enumNames: ['First', 'Second', 'Third'] },
          untitledMulti: { type: 'array', items: { type: 'string', enum: plain } },
          titledMulti: { type: 'array', items: { anyOf: titled } },
        },
      }),
    );
    return `Elicitation completed: ${JSON.stringify(answer)}`;
  }

  /** Needs a client that has a model. */
  @Tool('test_missing_capability')
  async missingCapability(ctx: Context): Promise<string> {
    return (await ctx.sample('Hello')).text;
  }

  /** Asks the person; no request of the server's may stand on the stream for it. */
  @Tool('test_streaming_elicitation')
  async streaming(ctx: Context): Promise<string> {
    return JSON.stringify(await ctx.ask(form('Name?', NAME)));
  }
}

/** The tools and the prompt that end with questions, and run again with the answers. */
export class InputRequiredTools {
  /** Asks for a name. */
  @Tool('test_input_required_result_elicitation')
  async elicitation(ctx: Context): Promise<string> {
    return `Hello, ${await askName(ctx)}!`;
  }

  /** Asks the model. */
  @Tool('test_input_required_result_sampling')
  async sampling(ctx: Context): Promise<string> {
    const question = { ...model('What is the capital of France?', 100), key: 'capital_question' };
    return JSON.stringify(await ctx.ask(question));
  }

  /** Asks for the roots. */
  @Tool('test_input_required_result_list_roots')
  async roots(ctx: Context): Promise<string> {
    return JSON.stringify(await ctx.listRoots({ key: 'client_roots' }));
  }

  /** Asks for a word, and remembers that it has. */
  @Tool('test_input_required_result_request_state')
  requestState(ctx: Context): string | InputRequired {
    if (ctx.inputResponses?.confirm && ctx.requestState === 'asked') return 'state-ok';
    const ok = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
    return inputRequired({ requests: { confirm: form('Is it ok?', ok) }, state: 'asked' });
  }

  /** Asks for three things at once. */
  @Tool('test_input_required_result_multiple_inputs')
  async multiple(ctx: Context): Promise<string> {
    const answers = await Promise.all([
      askName(ctx),
      ctx.ask({ ...model('Write a greeting', 50), key: 'greeting' }),
      ctx.listRoots({ key: 'client_roots' }),
    ]);
    return JSON.stringify(answers);
  }

  /** Asks for one thing after the other. */
  @Tool('test_input_required_result_multi_round')
  async multiRound(ctx: Context): Promise<string> {
    const name = await ctx.ask({ ...form('Step 1: what is your name?', NAME), key: 'step1' });
    const color = { type: 'object', properties: { color: { type: 'string' } }, required: ['color'] };
    const chosen = await ctx.ask({ ...form('Step 2: which color?', color), key: 'step2' });
    return JSON.stringify([name, chosen]);
  }

  /** Asks for a word; the state that comes back must be the one that was given. */
  @Tool('test_input_required_result_tampered_state')
  async tampered(ctx: Context): Promise<string> {
    const ok = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
    return JSON.stringify(await ctx.ask({ ...form('Is it ok?', ok), key: 'confirm' }));
  }

  /** Asks only for what the client can answer. */
  @Tool('test_input_required_result_capabilities')
  async capabilities(ctx: Context): Promise<string> {
    const { elicitation, sampling } = ctx.client.capabilities;
    const answers = await Promise.all([
      elicitation ? askName(ctx) : undefined,
      sampling ? ctx.ask({ ...model('Say hello', 50), key: 'greeting' }) : undefined,
    ]);
    return JSON.stringify(answers);
  }

  /** A prompt that asks for its surroundings. */
  @Prompt('test_input_required_result_prompt')
  async prompt(ctx: Context): Promise<string> {
    const context = { type: 'object', properties: { context: { type: 'string' } }, required: ['context'] };
    const answer = await ctx.ask({ ...form('What is it about?', context), key: 'user_context' });
    return `Use this context: ${JSON.stringify(answer)}`;
  }
}

async function askName(ctx: Context): Promise<string> {
  const answer = (await ctx.ask({ ...form('What is your name?', NAME), key: 'user_name' })) as {
    content?: { name?: string };
  };
  return answer.content?.name ?? 'nobody';
}
