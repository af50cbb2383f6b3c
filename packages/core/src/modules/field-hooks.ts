import type { ConcreteClass } from '../di/provider.js';
import { HOOK_NAMES } from '../middleware/hooks.js';
import { classChain, classText } from '../text/class-text.js';
import { findInCode, withoutComments } from '../text/scan-source.js';

const NAMES = [...HOOK_NAMES, 'visible'];

/** The hooks of a middleware class that are fields: its instances have them, but chains are made before there is an instance. */
export function fieldHooks(cls: ConcreteClass): readonly string[] {
  const shape = cls.prototype as Record<string, unknown>;
  const missing = NAMES.filter((name) => typeof shape[name] !== 'function');
  const texts = classChain(cls).flatMap((each) => classText(each) ?? []);
  return missing.filter((name) =>
    texts.some((text) => text.includes(name) && (isField(text, name) || isAssigned(text, name))),
  );
}

function isField(text: string, name: string): boolean {
  const body = findInCode(text, 'class'.length, '{') + 1;
  for (let at = findInCode(text, body, '='); at >= 0; at = findInCode(text, at + 1, '='))
    if (new RegExp(`(?<![\\w$#])${name}\\s*$`).test(text.slice(0, at)) && isHook(name, text.slice(at + 1)))
      return true;
  return false;
}

/** In the constructor, where compilers to older targets move fields. */
function isAssigned(text: string, name: string): boolean {
  const code = withoutComments(text);
  const place = new RegExp(`\\bthis(?:\\.${name}\\s*=(?!=)|,\\s*["']${name}["'],)`).exec(code);
  return place !== null && isHook(name, code.slice(place.index + place[0].length));
}

/** No other field is named like a hook but `visible`, which may be a word of the author's own. */
function isHook(name: string, value: string): boolean {
  return name !== 'visible' || /^\s*(async\b|function\b|\(|[\w$]+\s*=>)/.test(value);
}
