import { inspect } from 'node:util';
import { FrameworkError } from '../errors/framework-error.js';
import { imageType } from './image-type.js';

/** Whose icon it is. */
export interface IconOwner {
  /** The module, or the method of a class, as a mistake names it. */
  readonly where: string;
  /** What relative URLs are resolved against. */
  readonly websiteUrl?: string | undefined;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const IMAGE_TYPE = /^image\/[\w.+-]+$/i;
const BASE64 = /^[a-z0-9+/]+={0,2}$/i;
const BARE_BASE64 = /^(?:[\w.+-]+\/[\w.+-]+;)?base64,(.*)$/is;
const ANY_FORM =
  'an https: URL, data:image/png;base64, followed by the bytes in base64, or { file: "icon.png" }';

/**
 * The URL of an icon as clients need it: whole, of https:, http: or data:.
 *
 * @throws {FrameworkError} ERR_ICON_SOURCE
 */
export function iconUrl(url: unknown, of: IconOwner): string {
  if (typeof url !== 'string' || url === '')
    return refuseIcon(of, url, 'which is no URL', `Write ${ANY_FORM}.`);
  const bare = BARE_BASE64.exec(url);
  if (bare) return refuseBare(bare[1] ?? '', url, of);
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return resolveRelative(url, of);
  if (scheme === 'data') return checkData(url, of);
  if (scheme !== 'http' && scheme !== 'https')
    return refuseIcon(of, url, `whose scheme ${scheme}: clients do not load`, `Write ${ANY_FORM}.`);
  if (!URL.canParse(url)) return refuseIcon(of, url, 'which is no URL', `Write ${ANY_FORM}.`);
  return url;
}

/** Throws ERR_ICON_SOURCE; long sources are cut. */
export function refuseIcon(of: IconOwner, source: unknown, problem: string, cure: string): never {
  const text = inspect(source, { depth: 1, breakLength: Infinity });
  const icon = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw new FrameworkError('ERR_ICON_SOURCE', { where: of.where, icon, problem, cure });
}

function refuseBare(data: string, url: string, of: IconOwner): never {
  const type = imageType(Buffer.from(data, 'base64')) ?? 'image/png';
  return refuseIcon(
    of,
    url,
    'which is base64 without its beginning',
    `Write data:${type};base64,${data.slice(0, 8)}…, let toDataUri() make it, or use { file: "icon.png" }.`,
  );
}

function resolveRelative(url: string, { where, websiteUrl }: IconOwner): string {
  if (websiteUrl === undefined)
    return refuseIcon(
      { where },
      url,
      'which is relative, and there is no websiteUrl it belongs to',
      `Give the module a websiteUrl, or write ${ANY_FORM}.`,
    );
  const whole = URL.canParse(url, websiteUrl) ? new URL(url, websiteUrl) : undefined;
  if (whole?.protocol === 'https:' || whole?.protocol === 'http:') return whole.href;
  return refuseIcon(
    { where },
    url,
    `which is relative to the websiteUrl ${websiteUrl}, of which no URL can be made`,
    'Make the websiteUrl a whole URL, as in "https://example.com/".',
  );
}

function checkData(url: string, of: IconOwner): string {
  const problem = dataProblem(url);
  if (problem === undefined) return url;
  return refuseIcon(
    of,
    url,
    problem,
    'Write data:image/png;base64, followed by the bytes in base64, or let toDataUri() do it.',
  );
}

function dataProblem(url: string): string | undefined {
  const comma = url.indexOf(',');
  if (comma < 0) return 'which has no comma before its data';
  const [type = '', ...parameters] = url.slice('data:'.length, comma).split(';');
  if (!IMAGE_TYPE.test(type)) return 'whose media type is none of images';
  if (parameters.at(-1)?.toLowerCase() !== 'base64') return 'whose data is not in base64';
  const data = url.slice(comma + 1);
  if (!BASE64.test(data) || data.replace(/=+$/, '').length % 4 === 1) return 'whose base64 cannot be decoded';
  return undefined;
}
