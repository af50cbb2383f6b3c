/** Media types by the ending of a file's name. */
const BY_ENDING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    avif: 'image/avif',
    bmp: 'image/bmp',
    ico: 'image/x-icon',
    svg: 'image/svg+xml',
    tif: 'image/tiff',
    tiff: 'image/tiff',
    wav: 'audio/wav',
    mp3: 'audio/mpeg',
    ogg: 'audio/ogg',
    flac: 'audio/flac',
    m4a: 'audio/mp4',
    aac: 'audio/aac',
    mp4: 'video/mp4',
    webm: 'video/webm',
    txt: 'text/plain',
    log: 'text/plain',
    md: 'text/markdown',
    html: 'text/html',
    htm: 'text/html',
    css: 'text/css',
    csv: 'text/csv',
    js: 'text/javascript',
    mjs: 'text/javascript',
    ts: 'text/x-typescript',
    py: 'text/x-python',
    json: 'application/json',
    jsonl: 'application/jsonl',
    xml: 'application/xml',
    yaml: 'application/yaml',
    yml: 'application/yaml',
    toml: 'application/toml',
    sql: 'application/sql',
    pdf: 'application/pdf',
    zip: 'application/zip',
    gz: 'application/gzip',
    tar: 'application/x-tar',
    wasm: 'application/wasm',
    doc: 'application/msword',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xls: 'application/vnd.ms-excel',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ppt: 'application/vnd.ms-powerpoint',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  }),
);

const TEXTUAL =
  /^(?:text\/.*|application\/(?:json|jsonl|xml|javascript|yaml|toml|sql|.+\+(?:json|xml|yaml))|image\/svg\+xml)$/;

/** The media type of a file's name, or of its ending alone; undefined if it is not known. */
export function mediaType(name: string): string | undefined {
  return BY_ENDING.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

/** Bytes of a textual media type as their text; undefined for every other type, and for what is no UTF-8. */
export function textOfMedia(bytes: Uint8Array, type: string): string | undefined {
  const [essence = '', ...parameters] = type.toLowerCase().split(';');
  const charset = parameters.map((each) => /^\s*charset="?([\w-]+)"?\s*$/.exec(each)?.[1]).find(Boolean);
  if (!TEXTUAL.test(essence.trim()) || !/^(?:utf-?8|us-ascii)$/.test(charset ?? 'utf-8')) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
