import type { IconSize, IconSource } from '../mcp/icon.js';
import { trait, type TraitDecorator } from './traits.js';

/**
 * An icon: a value for `icons`, and a decorator of a component or of a class for all its components.
 *
 * A relative URL is taken from the module's `websiteUrl`. Nothing is read here: a file is read when the app is created.
 */
export function Icon(source: IconSource): IconSource & TraitDecorator {
  return Object.assign(trait('@Icon', { icons: [source] }), source);
}

/** An icon out of a file, sent as a data URI; the file is read when the app is created. */
Icon.fromFile = (file: string | URL, size?: IconSize): IconSource & TraitDecorator =>
  Icon({ file, ...(size && { size }) });
