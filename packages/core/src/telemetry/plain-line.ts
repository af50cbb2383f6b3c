/** What a line that says a text and nothing else has around its time and its text. */
export interface PlainLine {
  readonly before: string;
  readonly between: string;
}

/** The text of the line that is looked at. */
export const SEEN = 'a line like any other';

const PARTS = new RegExp(`^(\\{.*?"time":)\\d+(,.*"msg":)"${SEEN}"\\}\\n$`);

/** What pino was seen to put around the text `SEEN`; undefined where the line has another form. */
export function seenIn(line: string): PlainLine | undefined {
  const [, before, between] = PARTS.exec(line) ?? [];
  return before === undefined || between === undefined ? undefined : { before, between };
}
