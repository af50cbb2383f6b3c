/** A server to be worn out, as a child of `soak.ts`: tells what it holds when it is asked, and ends when it is told to. */
import { setTimeout as delay } from 'node:timers/promises';
import { Components, Context, createApp, Injectable, McpModule, Resource, Tool, tool } from 'tenon';
import { http } from 'tenon/http';

@Injectable()
class SoakTools {
  constructor(private readonly components: Components) {}

  @Tool() echo(text: string): string {
    return text;
  }

  /** Heeds its signal. */
  @Tool() async waits(ms: number, ctx: Context): Promise<string> {
    await delay(ms, undefined, { signal: ctx.signal });
    return 'waited';
  }

  /** Does not. */
  @Tool() async deaf(ms: number, ctx: Context): Promise<string> {
    await delay(ms);
    await ctx.info('late');
    return 'waited';
  }

  @Tool() async floods(count: number, ctx: Context): Promise<string> {
    for (let i = 0; i < count && !ctx.signal.aborted; i++) {
      await ctx.info('x'.repeat(4096));
      if (i % 16 === 0) await delay(1);
    }
    return 'flooded';
  }

  @Tool() async asks(ctx: Context): Promise<string> {
    return (await ctx.elicit('Who?', String, { timeoutMs: 2000 })).action;
  }

  @Tool() changes(): string {
    const name = `late-${Math.random().toString(36).slice(2)}`;
    this.components.add(tool({ name, run: () => name }));
    this.components.remove({ names: [name] });
    this.components.updated('soak://watched');
    return name;
  }

  @Resource('soak://watched') watched(): string {
    return 'watched';
  }
}

@McpModule({ name: 'soak', version: '1.0.0', handlers: [SoakTools], logLevel: 'silent' })
class SoakModule {}

// Made when first used, and then there for good: not what the run is about.
for (const stream of [process.stdout, process.stderr]) stream.setDefaultEncoding('utf8');
const app = createApp(SoakModule);
const { url } = await app.serve(
  http({ port: 0, sessions: { idleMs: 1000 }, keepAliveMs: 200, resumable: true, sse: true }),
);

process.on('message', (asked) => {
  if (asked === 'rest') (globalThis as { gc?: () => void }).gc?.();
  if (asked === 'state' || asked === 'rest') tell();
  else void app.close().then(tell);
});
process.send?.({ url });

function tell(): void {
  const resources = process.getActiveResourcesInfo();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ counts: app.counts(), resources, heapUsed, rss });
}
