import { Resource } from 'tenon';

/** Each method runs when its resource is read, never when resources are listed. */
export class ServerResources {
  /** The configuration of the application. */
  @Resource('data://config')
  config() {
    return { version: '1.0.0', features: ['auth', 'api', 'cache'] };
  }

  /** How the server is doing. */
  @Resource('info://status', { annotations: { audience: ['user'], priority: 0.3 } })
  serverStatus() {
    return {
      status: 'healthy',
      timestamp: new Date().toISOString(),
      apiConfigured: process.env.API_KEY !== undefined,
    };
  }

  /** What the server has to say, as text. */
  @Resource('resource://motto', { title: 'Motto', mimeType: 'text/markdown' })
  motto() {
    return '**No nails.**';
  }

  /** A single dot, as bytes. */
  @Resource('x-pictures://dot', { mimeType: 'image/gif' })
  dot() {
    return Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');
  }
}
