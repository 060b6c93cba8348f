import { describe, expect, it } from 'vitest';
import { attribute, readXml, type XmlElement } from '../../src/connectome/import/xml.js';
import { UsageError } from '../../src/spec/errors.js';

const read = (text: string) => readXml({ source: 'f.xml', text }, 'a');
const shape = ({ name, children, text }: XmlElement): unknown[] => [name, text, ...children.map(shape)];

describe('an XML document', () => {
  it('is read with its elements, text and attributes in order', () => {
    const root = read(
      '\ufeff<?xml version="1.0"?>\r\n<?style x?><!-- <b> --><a x = "1"\n\ty=\'"2"\' ><b/> one <c z="&lt;&#xA;">two</c><![CDATA[ <3> ]]>&amp;<!-- - --> </a >\n<!-- end -->',
    );
    expect(shape(root)).toEqual(['a', 'one  <3> &', ['b', ''], ['c', 'two']]);
    expect([attribute(root, 'x'), attribute(root, 'y'), attribute(root, 'w')]).toEqual(['1', '"2"', '']);
    expect(attribute(root.children[1]!, 'z')).toBe('<');
  });

  it('may hold a document type', () => {
    expect(read('<!DOCTYPE a SYSTEM "http://x/>y.dtd"><a/>').name).toBe('a');
    expect(
      read(
        '<!DOCTYPE a PUBLIC "-//X" "u" [<!ELEMENT a (b)> <!-- > ]> --> <!ENTITY e "]>"> <!ENTITY % p "x">]><a/>',
      ).name,
    ).toBe('a');
  });

  it('may have thousands of elements within each other', () => {
    expect(read(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`).children).toHaveLength(1);
  });

  it('keeps names that objects know', () => {
    const root = read('<a constructor="1" __proto__="2"><__proto__/></a>');
    expect([
      attribute(root, 'constructor'),
      attribute(root, '__proto__'),
      attribute(root, 'toString'),
    ]).toEqual(['1', '2', '']);
    expect(root.children[0]!.name).toBe('__proto__');
  });

  it.each([
    ['', 'line 1: not well-formed XML: there is no element'],
    ['words', 'line 1: not well-formed XML: there is text outside the root element'],
    ['<a/>words', 'text outside the root element'],
    ['<a/><a/>', 'there is a second root element, <a>'],
    ['<a>\n<b>\n</a>', 'line 3: not well-formed XML: </a> closes <b>'],
    ['<a>\n<b/>', 'line 2: not well-formed XML: <a> is not closed'],
    ['</a>', '</a> closes nothing'],
    ['<a x="1" x="2"/>', 'the attribute "x" is given twice'],
    ['<a x=1/>', 'the tag <a> has what is no attribute'],
    ['<a x/>', 'the tag <a> has what is no attribute'],
    ['<a x="1"y="2"/>', 'the tag <a> has what is no attribute'],
    ['<a x="<"/>', 'the tag <a> has what is no attribute'],
    ['<a 1x="1"/>', '"1x" is no name'],
    ['<a>1 < 2</a>', '"" is no name'],
    ['<a><!-- </a>', 'a comment is not closed'],
    ['<a><![CDATA[ </a>', 'a CDATA section is not closed'],
    ['<a', 'the tag <a> has what is no attribute'],
    ['<!DOCTYPE a [ <a/>', 'the document type is not closed'],
    ['<a>\n&nbsp;</a>', 'line 2: unknown reference "&nbsp;"'],
    ['<b/>', 'f.xml: expected an element <a> at the root, found <b>'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(UsageError);
    expect(() => read(text)).toThrow(message);
  });
});
