import { IsUrl } from 'class-validator';
import { Arg, Context, Tool, ToolError } from 'tenon';

const WEB_ADDRESS = IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false });

/** A method that waits and one that does not are offered alike. */
export class WebTools {
  /** Turns a title into the last part of a URL. */
  @Tool()
  slug(title: string) {
    return { slug: title.trim().toLowerCase().replaceAll(/\W+/g, '-') };
  }

  /** Fetches a JSON document. */
  @Tool({ annotations: { readOnlyHint: true, openWorldHint: true } })
  async fetchJson(@Arg('url', WEB_ADDRESS) url: string, ctx: Context): Promise<unknown> {
    const response = await fetch(url, { signal: ctx.signal });
    // The model reads this; of any other error it learns no more than a number for the log.
    if (!response.ok) throw new ToolError(`${url} answers ${response.status}: try another address`);
    return response.json();
  }
}
