import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Fewer characters of a secret are no secret. */
export const MIN_KEY_LENGTH = 32;

/** Seals what a suspended call must remember: AES-256-GCM, readable only here and only for the call it was sealed for. */
export class StateSeal {
  readonly #keys: readonly Buffer[];

  /** The first secret seals, every one of them opens; without any, one that ends with the process. */
  constructor(secrets: readonly string[] = []) {
    const given = secrets.length > 0 ? secrets : [randomBytes(MIN_KEY_LENGTH).toString('hex')];
    this.#keys = given.map((secret) =>
      Buffer.from(hkdfSync('sha256', secret, '', 'tenon request state', 32)),
    );
  }

  /** A value as text only this server can read, bound to `to`. */
  seal(value: unknown, to: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#keys[0] as Buffer, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(to));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** What was sealed; undefined if it was changed, sealed elsewhere, or bound to something else. */
  open(text: string, to: string): unknown {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    for (const key of this.#keys) {
      const opened = openWith(key, bytes, to);
      if (opened !== undefined) return JSON.parse(opened) as unknown;
    }
    return undefined;
  }
}

function openWith(key: Buffer, bytes: Buffer, to: string): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(to));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString();
  } catch {
    return undefined;
  }
}
