import { instantOfSeconds, numberOrNull } from './lenient-reading.ts';
import type { XmlFields, XmlValue } from './callback-xml.ts';

/** An event without the id that makes it meaningful. */
export class FieldMissing extends Error {
  override readonly name = 'FieldMissing';
}

/** The elements of one callback, read by name. Texts are handed on as they came. */
export class EventFields {
  readonly #tree: XmlFields;

  constructor(tree: XmlFields) {
    this.#tree = tree;
  }

  /** The text, empty when there is none. */
  text(name: string): string {
    const value = Object.hasOwn(this.#tree, name) ? this.#tree[name] : undefined;
    return typeof value === 'string' ? value : '';
  }

  /** The text; null when it is missing or empty. */
  optional(name: string): string | null {
    return this.text(name) || null;
  }

  /** The text; throws FieldMissing when there is none. */
  required(name: string): string {
    const value = this.text(name);
    if (value === '') throw new FieldMissing(name);
    return value;
  }

  number(name: string): number | null {
    return numberOrNull(this.text(name));
  }

  /** Seconds since the epoch. */
  instant(name: string): Date | null {
    return instantOfSeconds(this.text(name));
  }

  /** `a,b` as WeCom joins lists; empty when missing. */
  commaList(name: string): string[] {
    return this.text(name)
      .split(',')
      .filter((item) => item !== '');
  }

  /** The elements `child` inside `parent`, whether there is none, one or several. */
  children(parent: string, child: string): XmlValue[] {
    const inside = Object.hasOwn(this.#tree, parent) ? this.#tree[parent] : undefined;
    if (typeof inside !== 'object' || Array.isArray(inside)) return [];
    const found = Object.hasOwn(inside, child) ? inside[child] : undefined;
    if (found === undefined) return [];
    return Array.isArray(found) ? found : [found];
  }

  /** As `children`, the texts among them. */
  texts(parent: string, child: string): string[] {
    return this.children(parent, child).filter((item): item is string => typeof item === 'string' && item !== '');
  }
}
