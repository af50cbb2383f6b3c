/** So many lines a difference has at most. */
const MAX_LINES = 60;
/** So much of a value is shown. */
const MAX_VALUE = 80;

/** The lists of a contract, and what one of each is called. */
const LISTS: ReadonlyMap<string, { readonly kind: string; readonly id: string }> = new Map([
  ['tools', { kind: 'tool', id: 'name' }],
  ['resources', { kind: 'resource', id: 'uri' }],
  ['resourceTemplates', { kind: 'template', id: 'uriTemplate' }],
  ['prompts', { kind: 'prompt', id: 'name' }],
]);

type Members = Readonly<Record<string, unknown>>;

/** What is other than promised, component by component and field by field: `+` is new, `-` is gone, `~` has changed. */
export function contractDiff(promised: unknown, seen: unknown): readonly string[] {
  const [before, now] = [membersOf(promised), membersOf(seen)];
  const lines = union(before, now).flatMap((name) => {
    const list = LISTS.get(name);
    if (list) return listLines(list, before[name], now[name]);
    if (before[name] === undefined || now[name] === undefined)
      return memberLines(before[name], now[name], [name]);
    return underHeading(`~ ${name}`, memberLines(before[name], now[name], []));
  });
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} lines more`];
}

function listLines(
  { kind, id }: { readonly kind: string; readonly id: string },
  promised: unknown,
  seen: unknown,
): readonly string[] {
  const [before, now] = [byId(promised, id), byId(seen, id)];
  return union(before, now).flatMap((name) => {
    const [old, fresh] = [before[name], now[name]];
    if (old === undefined) return [`+ ${kind} ${name}`];
    if (fresh === undefined) return [`- ${kind} ${name}`];
    return underHeading(`~ ${kind} ${name}`, memberLines(old, fresh, []));
  });
}

function underHeading(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `    ${line}`)];
}

/** The members that differ, each by the way to it. */
function memberLines(promised: unknown, seen: unknown, way: readonly string[]): readonly string[] {
  const at = way.join('.');
  if (promised === undefined) return [`+ ${at}: ${shown(seen)}`];
  if (seen === undefined) return [`- ${at}: ${shown(promised)}`];
  const [before, now] = [branches(promised), branches(seen)];
  if (before && now)
    return union(before, now).flatMap((name) => memberLines(before[name], now[name], [...way, name]));
  return JSON.stringify(promised) === JSON.stringify(seen)
    ? []
    : [`~ ${at}: ${shown(promised)} → ${shown(seen)}`];
}

/** A value by its members: an object, or a list of objects with names; undefined for what is compared whole. */
function branches(value: unknown): Members | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return membersOf(value);
  const named = value.length > 0 && value.every((each) => typeof membersOf(each).name === 'string');
  return named ? byId(value, 'name') : undefined;
}

/** A list by what its items are called; of two of one name also by their version. */
function byId(list: unknown, id: string): Members {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.map((item: unknown) => {
      const members = membersOf(item);
      const version = members.version === undefined ? '' : `@${String(members.version)}`;
      return [`${String(members[id])}${version}`, item];
    }),
  );
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function union(a: Members, b: Members): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}
