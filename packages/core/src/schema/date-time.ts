const DATE_TIME =
  /^(\d{4}-\d\d-(\d\d))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads a date-time, the only form in which JSON carries a Date here; undefined if the text is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function readDateTime(text: string): Date | undefined {
  const parts = DATE_TIME.exec(text);
  if (!parts) return undefined;
  // Date rolls 31 February over to March.
  const midnight = new Date(`${parts[1] ?? ''}T00:00:00Z`);
  return midnight.getUTCDate() === Number(parts[2]) ? new Date(text) : undefined;
}
