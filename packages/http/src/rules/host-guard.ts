import { header, type HttpRequest } from './http-message.js';

/** Whom a server answers. */
export interface HostGuardOptions {
  /** Names that may stand in `Host`, without port. On a loopback address the loopback names always may. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may call, as `https://app.example.com`; `*` for the pages of all. */
  readonly allowedOrigins?: readonly string[];
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** So many good Host and Origin values are remembered; others are checked each time. */
const REMEMBERED = 64;

/** Refuses what a page in a browser may have been tricked into sending: wrong names in `Host` and `Origin`. */
export class HostGuard {
  readonly #hosts: ReadonlySet<string> | undefined;
  readonly #origins: ReadonlySet<string>;
  readonly #loopback: boolean;
  readonly #good = new Set<string>();

  constructor(address: string, options: HostGuardOptions) {
    this.#loopback = isLoopback(address);
    const hosts = [...(this.#loopback ? LOOPBACK : []), ...(options.allowedHosts ?? [])].map((host) =>
      host.toLowerCase(),
    );
    this.#hosts = hosts.length > 0 ? new Set(hosts) : undefined;
    this.#origins = new Set(options.allowedOrigins?.map((origin) => origin.toLowerCase()));
  }

  /** Why a request is refused; undefined if it is not. */
  refusal(request: HttpRequest): string | undefined {
    if (!request.target.startsWith('/')) return 'The request line must name a path';
    const host = hostOf(request);
    if (host === undefined) return 'There must be one Host header';
    const origin = header(request, 'origin');
    const key = origin === undefined ? host : `${host} ${origin}`;
    if (this.#good.has(key)) return undefined;
    const refusal =
      this.#refuseHost(host) ?? (origin === undefined ? undefined : this.#refuseOrigin(origin, host));
    if (refusal === undefined && this.#good.size < REMEMBERED) this.#good.add(key);
    return refusal;
  }

  #refuseHost(host: string): string | undefined {
    const name = hostName(host);
    if (name === undefined) return 'The Host header is not valid';
    if (!this.#hosts || this.#hosts.has(name)) return undefined;
    return 'This host name is not served here (see allowedHosts)';
  }

  #refuseOrigin(origin: string, host: string): string | undefined {
    const lower = origin.toLowerCase();
    if (this.#origins.has(lower) || this.#origins.has('*')) return undefined;
    const [, authority] = /^https?:\/\/([^/?#]+)$/.exec(lower) ?? [];
    const name = authority === undefined ? undefined : hostName(authority);
    const own = this.#loopback ? LOOPBACK.includes(name ?? '') : authority === host.toLowerCase();
    return own ? undefined : 'Pages of this origin may not call (see allowedOrigins)';
  }
}

/** Whether an address is one only this machine reaches. */
export function isLoopback(address: string): boolean {
  return (
    address === 'localhost' || address === '::1' || address === '[::1]' || /^(::ffff:)?127\./.test(address)
  );
}

/** Whom a request is for, if it names one only. HTTP/2 has a field of its own for it, beside which a Host header says the same. */
function hostOf(request: HttpRequest): string | undefined {
  const host = header(request, 'host');
  const authority = header(request, ':authority');
  if (host === undefined) return authority;
  if (count(request.rawHeaders, 'host') !== 1) return undefined;
  return authority === undefined || authority === host ? host : undefined;
}

function hostName(host: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(host.toLowerCase())?.[1];
}

function count(rawHeaders: readonly string[], name: string): number {
  let found = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const each = rawHeaders[i];
    if (each?.length === name.length && each.toLowerCase() === name) found++;
  }
  return found;
}
