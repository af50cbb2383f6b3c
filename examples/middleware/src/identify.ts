import { Middleware, type Call, type MiddlewareHooks, type Next } from 'tenon';

/** Leaves who calls where those behind it look: the authenticated caller, and in this example the name a client gives itself. */
@Middleware()
export class Identify implements MiddlewareHooks {
  async onRequest({ context }: Call, next: Next): Promise<unknown> {
    const user = context.principal?.subject ?? context.client.info?.name ?? 'nobody';
    await context.setState('userId', user, { scope: 'request' });
    return next();
  }
}
