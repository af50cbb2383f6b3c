import { registry, type Constructor } from '../metadata/registry.js';
import { TRAIT, type Trait } from '../records/trait-record.js';
import { memberOf, refuseBare } from './target.js';

/** A decorator of a component's method, or of a class for all its components. */
export type TraitDecorator = ClassDecorator & MethodDecorator;

/** Words to choose components by. */
export function Tags(...tags: readonly string[]): TraitDecorator {
  refuseBare("@Tags('name')", tags);
  return trait('@Tags', { tags });
}

/** What is published as `_meta`. */
export function Meta(...given: [meta: Readonly<Record<string, unknown>>]): TraitDecorator {
  refuseBare('@Meta({ … })', given);
  const [meta] = given;
  return trait('@Meta', { meta });
}

/** Not offered until `app.enable()` names it. */
export function Hidden(...given: []): TraitDecorator {
  refuseBare('@Hidden()', given);
  return trait('@Hidden', { enabled: false });
}

/** A tool that changes nothing. */
export function ReadOnly(...given: []): TraitDecorator {
  refuseBare('@ReadOnly()', given);
  return trait('@ReadOnly', { annotations: { readOnlyHint: true } });
}

/** A tool that may destroy something; `false`: it only adds. */
export function Destructive(...given: [destructive?: boolean]): TraitDecorator {
  refuseBare('@Destructive()', given);
  const [destructive = true] = given;
  return trait('@Destructive', { annotations: { destructiveHint: destructive } });
}

/** A tool that does nothing more when it is called a second time with the same arguments. */
export function Idempotent(...given: []): TraitDecorator {
  refuseBare('@Idempotent()', given);
  return trait('@Idempotent', { annotations: { idempotentHint: true } });
}

/** A tool that deals with a world beyond its server; `false`: it does not. */
export function OpenWorld(...given: [openWorld?: boolean]): TraitDecorator {
  refuseBare('@OpenWorld()', given);
  const [openWorld = true] = given;
  return trait('@OpenWorld', { annotations: { openWorldHint: openWorld } });
}

/** Writes a trait on a class or on one of its methods. */
export function trait(decorator: string, record: Trait): TraitDecorator {
  return (target: object, key?: string | symbol) => {
    const place =
      key === undefined
        ? { owner: target as Constructor, method: undefined }
        : memberOf(decorator, target, key);
    registry.write(TRAIT, { ...place, index: undefined, record });
  };
}
