import { Middleware, type Call, type MiddlewareHooks, type Next } from 'tenon';

/** Leaves something for the handlers of the same message: state of the request ends with it, and may be any value. */
@Middleware()
export class RememberClient implements MiddlewareHooks {
  async onRequest(call: Call, next: Next): Promise<unknown> {
    const { context } = call;
    await context.setState('client', context.client.info?.name ?? 'somebody', { scope: 'request' });
    return next();
  }
}
