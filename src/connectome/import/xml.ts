import { XMLParser } from 'fast-xml-parser';
import { UsageError } from '../../spec/errors.js';
import type { SourceText } from './graph.js';

/** An element as readers use it. */
export interface XmlElement {
  /** Without the prefix of the root's namespace; elements of another namespace keep theirs. */
  name: string;
  /** Those without a prefix, references resolved, without white space around them. */
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** What stands directly within the element, references resolved, without white space around it. */
  text: string;
}

/** An attribute, or an empty text where the element lacks it. */
export const attribute = ({ attributes }: XmlElement, name: string): string => attributes.get(name) ?? '';

export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter((child) => child.name === name);

/** What the parser gives: the entry of its name holds the children, `:@` the attributes. */
type Parsed = Record<string, unknown>;

const namedCharacters: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

/** Whether XML 1.0 has the character (production 2). */
const isXmlCharacter = (code: number) =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);

class XmlReader {
  private prefix = '';
  private readonly entities: ReadonlySet<string>;

  constructor(
    private readonly source: string,
    text: string,
  ) {
    this.entities = new Set(
      Array.from(text.matchAll(/<!ENTITY\s+(?:%\s+)?([^\s"'>]+)/g), ([, name]) => name!),
    );
  }

  /** Resolves character references and the five entities that XML itself names; any other is refused. */
  private resolved(raw: string): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(/&([^;&<\s]*;?)/g, (whole, inner: string) => {
      const name = inner.slice(0, -1);
      const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
      if (inner.endsWith(';') && number) {
        const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
        if (isXmlCharacter(code)) return String.fromCodePoint(code);
        throw new UsageError(`${this.source}: "${whole}" stands for no character that XML allows.`);
      }
      if (inner.endsWith(';') && Object.hasOwn(namedCharacters, name)) return namedCharacters[name]!;
      throw new UsageError(
        this.entities.has(name)
          ? `${this.source}: the entity "${whole}" is declared in the document type, which is not read. Write what it stands for.`
          : `${this.source}: unknown reference "${whole}". Write & as &amp;, and other characters as they are or as &#NUMBER;.`,
      );
    });
  }

  private local(name: string): string {
    return this.prefix !== '' && name.startsWith(this.prefix) ? name.slice(this.prefix.length) : name;
  }

  element(parsed: Parsed, name: string): XmlElement {
    const children: XmlElement[] = [];
    let text = '';
    for (const child of parsed[name] as Parsed[]) {
      const tag = tagOf(child);
      if (tag === '#text') text += this.resolved(child[tag] as string);
      // Within CDATA nothing is a reference.
      else if (tag === '#cdata') text += ((child[tag] as Parsed[])[0]?.['#text'] as string | undefined) ?? '';
      else children.push(this.element(child, tag));
    }
    const attributes = Object.entries((parsed[':@'] ?? {}) as Record<string, string>)
      .filter(([key]) => !key.includes(':'))
      .map(([key, value]) => [key, this.resolved(value.replace(/[\t\n]/g, ' ')).trim()] as const);
    return { name: this.local(name), attributes: new Map(attributes), children, text: text.trim() };
  }

  root(parsed: Parsed[], expected: string): XmlElement {
    const roots = parsed.filter((child) => tagOf(child) !== '#text');
    const [tag] = roots.map(tagOf);
    if (roots.length !== 1 || tag!.slice(tag!.indexOf(':') + 1) !== expected) {
      const found = roots.map((child) => `<${tagOf(child)}>`).join(', ') || 'none';
      throw new UsageError(`${this.source}: expected an element <${expected}> at the root, found ${found}.`);
    }
    this.prefix = tag!.slice(0, tag!.indexOf(':') + 1);
    return this.element(roots[0]!, tag!);
  }
}

const tagOf = (parsed: Parsed): string => Object.keys(parsed).find((key) => key !== ':@')!;

/**
 * Reads an XML document whose root is `expected`, in whatever namespace. Throws a {@link UsageError} where it is not
 * well-formed, has another root, or holds a reference to an entity.
 */
export function readXml({ source, text }: SourceText, expected: string): XmlElement {
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: '', preserveOrder: true, cdataPropName: '#cdata' },
    ...{ parseTagValue: false, parseAttributeValue: false, trimValues: false, processEntities: false },
    ...{ ignoreDeclaration: true, ignorePiTags: true },
  });
  const clean = text.replace(/\r\n?/g, '\n');
  let parsed: Parsed[];
  try {
    parsed = parser.parse(clean, true) as Parsed[];
  } catch (error) {
    throw new UsageError(`${source}: not well-formed XML: ${(error as Error).message}.`, { cause: error });
  }
  return new XmlReader(source, clean).root(parsed, expected);
}
