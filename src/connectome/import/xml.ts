import { UsageError } from '../../spec/errors.js';
import type { SourceText } from './graph.js';

/** An element as readers use it. */
export interface XmlElement {
  /** Without the prefix of the root's namespace; elements of another namespace keep theirs. */
  readonly name: string;
  /** Names and values in turn, those with a prefix aside; see {@link attribute}. */
  readonly attributes: readonly string[];
  readonly children: readonly XmlElement[];
  /** What stands directly within the element, references resolved, without white space around it. */
  readonly text: string;
}

/** The value of an attribute, without white space around it, or undefined where the element lacks it. */
export function attributeIn({ attributes }: XmlElement, name: string): string | undefined {
  for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === name) return attributes[i + 1];
  return undefined;
}

/** The same, empty where the element lacks it. */
export const attribute = (element: XmlElement, name: string): string => attributeIn(element, name) ?? '';

export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter((child) => child.name === name);

type Building = { -readonly [Field in keyof XmlElement]: XmlElement[Field] } & {
  attributes: string[];
  children: XmlElement[];
};

/** Of the millions of elements that a file may have, most have no child. */
const none: never[] = [];

const namedCharacters: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const validName = /^[\p{L}_:][\p{L}\p{M}\p{N}_:.\u00b7-]*$/u;

/** Whether XML 1.0 has the character (production 2). */
const isXmlCharacter = (code: number) =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);

/** A reader of well-formed XML 1.0 (W3C, fifth edition) without a document type: entities of one's own are refused. */
class XmlReader {
  private at = 0;
  private prefix = '';
  private readonly open: Building[] = [];
  private readonly names = new Set<string>();
  private readonly entities = new Set<string>();
  private root: XmlElement | undefined;

  constructor(
    private readonly source: string,
    private readonly text: string,
    private readonly expected: string,
  ) {}

  private fault(what: string, at = this.at): never {
    const line = this.text.slice(0, at).split('\n').length;
    throw new UsageError(`${this.source}, line ${line}: ${what}`);
  }

  private malformed(what: string, at = this.at): never {
    this.fault(`not well-formed XML: ${what}.`, at);
  }

  /** The place of `mark` from here on. */
  private find(mark: string, what: string): number {
    const found = this.text.indexOf(mark, this.at);
    return found < 0 ? this.malformed(`${what} is not closed`) : found;
  }

  /** Resolves character references and the five entities that XML itself names. */
  private resolved(raw: string): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(/&([^;&<\s]*)(;?)/g, (whole, name: string, end: string, offset: number) => {
      const at = this.at + offset;
      const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
      if (end && number) {
        const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
        if (isXmlCharacter(code)) return String.fromCodePoint(code);
        this.fault(`"${whole}" stands for no character that XML allows.`, at);
      }
      if (end && Object.hasOwn(namedCharacters, name)) return namedCharacters[name]!;
      return this.fault(
        this.entities.has(name)
          ? `the entity "${whole}" is declared in the document type, which is not read. Write what it stands for.`
          : `unknown reference "${whole}". Write & as &amp;, and other characters as they are or as &#NUMBER;.`,
        at,
      );
    });
  }

  private characters(text: string): void {
    const element = this.open.at(-1);
    if (element === undefined) {
      if (text.trim() !== '') this.malformed('there is text outside the root element');
    } else if (element.text !== '' || text.trim() !== '') element.text += text;
  }

  /** Passes over a document type, for the names of its entities. */
  private documentType(): void {
    const part = /"[^"]*"|'[^']*'|<!--[\s\S]*?-->|<!ENTITY\s+(?:%\s+)?([^\s"'>]+)|[[\]>]/g;
    part.lastIndex = this.at + 2;
    let inside = false;
    for (let found = part.exec(this.text); found !== null; found = part.exec(this.text)) {
      if (found[1] !== undefined) this.entities.add(found[1]);
      else if (found[0] === '[') inside = true;
      else if (found[0] === ']') inside = false;
      else if (found[0] === '>' && !inside) {
        this.at = part.lastIndex;
        return;
      }
    }
    this.malformed('the document type is not closed');
  }

  private checkName(name: string): void {
    if (this.names.has(name)) return;
    if (!validName.test(name)) this.malformed(`"${name.slice(0, 40)}" is no name`);
    this.names.add(name);
  }

  private attributesOf(): string[] {
    const { text } = this;
    const pair = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
    const seen: string[] = [];
    const attributes: string[] = [];
    pair.lastIndex = this.at;
    for (let found = pair.exec(text); found !== null; found = pair.exec(text)) {
      const name = found[1]!;
      this.checkName(name);
      if (seen.includes(name)) this.malformed(`the attribute "${name}" is given twice`);
      seen.push(name);
      this.at = pair.lastIndex;
      if (name.includes(':')) continue;
      const raw = found[2] ?? found[3]!;
      attributes.push(name, this.resolved(raw.replace(/[\t\n]/g, ' ')).trim());
    }
    return attributes;
  }

  private startTag(): void {
    const start = this.at;
    const name = /[^\s/>"'<=]*/y;
    name.lastIndex = start + 1;
    const tag = name.exec(this.text)![0];
    this.checkName(tag);
    this.at = name.lastIndex;
    const attributes = this.attributesOf();
    const end = /\s*(\/?)>/y;
    end.lastIndex = this.at;
    const closed = end.exec(this.text) ?? this.malformed(`the tag <${tag}> has what is no attribute`);
    this.at = end.lastIndex;
    const parent = this.open.at(-1);
    if (parent === undefined) this.begin(tag, start);
    const local = this.prefix !== '' && tag.startsWith(this.prefix) ? tag.slice(this.prefix.length) : tag;
    const element: Building = { name: local, attributes, children: none, text: '' };
    if (parent === undefined) this.root = element;
    else if (parent.children === none) parent.children = [element];
    else parent.children.push(element);
    if (closed[1] === '') this.open.push(element);
  }

  /** The root element, of which there is one. */
  private begin(tag: string, start: number): void {
    if (this.root) this.malformed(`there is a second root element, <${tag}>`, start);
    const local = tag.slice(tag.indexOf(':') + 1);
    if (local !== this.expected) {
      throw new UsageError(
        `${this.source}: expected an element <${this.expected}> at the root, found <${tag}>.`,
      );
    }
    this.prefix = tag.slice(0, tag.length - local.length);
  }

  private endTag(): void {
    const end = this.find('>', 'a tag');
    const tag = this.text.slice(this.at + 2, end).trimEnd();
    const element = this.open.pop();
    const local = this.prefix !== '' && tag.startsWith(this.prefix) ? tag.slice(this.prefix.length) : tag;
    if (element?.name !== local) {
      this.malformed(`</${tag.slice(0, 40)}> closes ${element ? `<${element.name}>` : 'nothing'}`);
    }
    element.text = element.text.trim();
    this.at = end + 1;
  }

  private skip(mark: string, what: string): string {
    const end = this.find(mark, what);
    const passed = this.text.slice(this.at, end);
    this.at = end + mark.length;
    return passed;
  }

  read(): XmlElement {
    const { text } = this;
    for (let next = text.indexOf('<'); next >= 0; next = text.indexOf('<', this.at)) {
      this.characters(this.resolved(text.slice(this.at, next)));
      this.at = next;
      if (text.startsWith('<!--', next)) this.skip('-->', 'a comment');
      else if (text.startsWith('<![CDATA[', next))
        this.characters(this.skip(']]>', 'a CDATA section').slice(9));
      else if (text.startsWith('<?', next)) this.skip('?>', 'a processing instruction');
      else if (text.startsWith('<!DOCTYPE', next) && this.root === undefined) this.documentType();
      else if (text.startsWith('</', next)) this.endTag();
      else this.startTag();
    }
    this.characters(this.resolved(text.slice(this.at)));
    const unclosed = this.open.at(-1);
    if (unclosed) this.malformed(`<${unclosed.name}> is not closed`, text.length);
    return this.root ?? this.malformed('there is no element');
  }
}

/**
 * Reads an XML document whose root is `expected`, in whatever namespace. Throws a {@link UsageError} that names the line
 * where it is not well-formed or holds a reference to an entity, or where it has another root.
 */
export function readXml({ source, text }: SourceText, expected: string): XmlElement {
  const clean = (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).replace(/\r\n?/g, '\n');
  return new XmlReader(source, clean, expected).read();
}
