import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 4;
/** Begins every sealed text, so that another way of sealing can be told from this one. */
const FORMAT = 's1.';

/** A secret made ready. */
export interface SealingKey {
  /** Tells which key a text was sealed with, and nothing else. */
  readonly id: Buffer;
  readonly key: Buffer;
}

/** A key out of a secret, for this purpose only. */
export function sealingKey(secret: string): SealingKey {
  const derived = (info: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', info, bytes));
  return { key: derived('tenon storage-aead/v1', 32), id: derived('tenon storage-key-id/v1', ID_BYTES) };
}

/** A text only who has the key can read, bound to the place it is kept in. */
export function sealText(text: string, place: string, { id, key }: SealingKey): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place, 'utf16le'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return FORMAT + Buffer.concat([id, iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was sealed; undefined if it was changed, sealed with another key, or for another place. */
export function openSealed(sealed: string, place: string, keys: readonly SealingKey[]): string | undefined {
  if (!sealed.startsWith(FORMAT)) return undefined;
  const bytes = Buffer.from(sealed.slice(FORMAT.length), 'base64url');
  if (bytes.length < ID_BYTES + IV_BYTES + TAG_BYTES) return undefined;
  for (const { id, key } of keys) {
    if (!bytes.subarray(0, ID_BYTES).equals(id)) continue;
    const text = openWith(key, bytes.subarray(ID_BYTES), place);
    if (text !== undefined) return text;
  }
  return undefined;
}

function openWith(key: Buffer, bytes: Buffer, place: string): string | undefined {
  const iv = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place, 'utf16le'));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
