/** Longer values are cut: the line is for finding out what is wrong. */
const MAX_LENGTH = 100;
/** What a variable is called that holds a secret, whether the author has said so or not. */
const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|TOKEN|KEY|CREDENTIALS?)$/;

/** A value of the config as it may be printed: no secret, and no password of a URL. */
export function printedValue(
  value: unknown,
  { variable, secret }: { readonly variable: string; readonly secret: boolean },
): string {
  if (value === undefined) return '';
  if (secret || SECRET_NAME.test(variable.toUpperCase())) return '***';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = text.replace(/(\/\/)[^/?#\s]*@/g, '$1***@');
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH)}…` : safe;
}
