import type { AjvError } from './ajv.js';
import type { Issue } from './schema.js';

/** What ajv found as an issue, in the words that other schemas use; the text never repeats the value. */
export function toIssue({ instancePath, keyword, params, message }: AjvError): Issue {
  const path = toPath(instancePath);
  const said = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return { path: [...path, String(said.missingProperty)], message: 'is required' };
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = cut(String(said.additionalProperty ?? said.unevaluatedProperty));
      return { path: [...path, name], message: 'is unknown' };
    }
    case 'type':
      return { path, message: `must be ${[said.type].flat().map(withArticle).join(' or ')}` };
    case 'enum':
      return { path, message: `must be one of the following values: ${list(said.allowedValues)}` };
    case 'const':
      return { path, message: `must be ${JSON.stringify(said.allowedValue)}` };
    default:
      return { path, message: message ?? 'is not valid' };
  }
}

function toPath(pointer: string): readonly (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function cut(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

function withArticle(type: unknown): string {
  if (type === 'null') return 'null';
  return `${/^[aio]/.test(String(type)) ? 'an' : 'a'} ${String(type)}`;
}

function list(values: unknown): string {
  return (values as readonly unknown[])
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}
