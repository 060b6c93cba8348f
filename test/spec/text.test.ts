import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTextFile } from '../../src/spec/json-file.js';
import { decodedPieces, encodingOf, utf8Text } from '../../src/spec/text.js';

const read = (bytes: Buffer, asked?: string) => {
  const { label, notice } = encodingOf(bytes, 'f.csv', asked);
  return { text: [...decodedPieces(bytes, label)].join(''), notice };
};

describe('bytes become text', () => {
  const text = 'pre,post,n\nKCα,Zoë,1\n';
  const latin = Buffer.from('pre,post,n\nZoé,Zoë,1\n', 'latin1');

  it('as UTF-8, with or without a byte-order mark', () => {
    expect(read(Buffer.from(text))).toEqual({ text });
    expect(read(Buffer.from(`\ufeff${text}`))).toEqual({ text });
  });

  it('as UTF-16 where a byte-order mark says so, which is said', () => {
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    const notice = expect.stringContaining('f.csv was read as utf-16le, as its byte-order mark says');
    expect(read(little)).toEqual({ text, notice });
    const big = Buffer.from(little).swap16();
    expect(read(big)).toEqual({ text, notice: expect.stringContaining('utf-16be') });
    expect(() => read(Buffer.from(`\ufeff${text}`), 'latin1')).toThrow('its byte-order mark says utf-8');
    expect(() => read(little, 'latin1')).toThrow(
      'its byte-order mark says utf-16le, and latin1 was asked for',
    );
  });

  it('as an XML declaration says', () => {
    const xml = (label: string) => Buffer.from(`<?xml version="1.0" encoding="${label}"?><a>é</a>`, 'latin1');
    expect(read(xml('ISO-8859-1'))).toEqual({
      text: expect.stringContaining('<a>é</a>'),
      notice: expect.stringContaining('windows-1252, as its XML declaration says'),
    });
    expect(() => read(xml('us-ascii'))).toThrow('f.csv: this is not UTF-8 text: byte offset');
    expect(() => read(xml('klingon'))).toThrow('unknown encoding "klingon"');
  });

  it('as asked for', () => {
    expect(read(latin, 'latin1').text).toBe('pre,post,n\nZoé,Zoë,1\n');
    expect(read(latin, 'windows-1252').text).toContain('Zoé');
    expect(read(Buffer.from(text), 'latin1').notice).toContain(
      'f.csv is UTF-8 text, and was read as windows-1252',
    );
    expect(read(Buffer.from('pre'), 'latin1').notice).toBeUndefined();
    expect(read(Buffer.from(text, 'utf16le'), 'utf-16le')).toEqual({ text });
    expect(() => read(latin, 'latin-1')).toThrow('unknown encoding "latin-1". Did you mean "latin1"');
  });

  it.each<[string, Buffer, string]>([
    [
      'Latin-1',
      latin,
      'f.csv: this is not UTF-8 text: byte offset 13 (line 2), found 0xE9. Say with --encoding',
    ],
    ['a character that breaks off', Buffer.from([0x41, 0xe2, 0x82]), 'byte offset 1 (line 1), found 0xE2'],
    ['an overlong character', Buffer.from([0x41, 0x42, 0xc0, 0x80]), 'byte offset 2 (line 1), found 0xC0'],
    [
      'UTF-16 without a mark',
      Buffer.from('pre', 'utf16le'),
      'this is not text: byte offset 1 (line 1), found 0x00',
    ],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'this is UTF-32 text'],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0014\u0000'), 'f.csv: this is a spreadsheet file'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'f.csv: this is a spreadsheet file'],
    ['a compressed file', Buffer.from('1f8b0800', 'hex'), 'f.csv: this is a compressed file'],
  ])('and %s is refused by its place', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
  });

  it('and half a UTF-16 character is refused', () => {
    expect(() => read(Buffer.from([0xff, 0xfe, 0x41, 0, 0x41]))).toThrow(
      'this is not utf-16le text: byte offset',
    );
  });

  it('never two texts into one', () => {
    const bytes = fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array));
    const decoded = (given: Buffer) => {
      try {
        return read(given).text;
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(bytes, (given) => {
        const found = decoded(given);
        if (found !== undefined && given[0] !== 0xff && given[0] !== 0xfe) {
          expect(
            Buffer.from(found).equals(given.toString('hex').startsWith('efbbbf') ? given.subarray(3) : given),
          ).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

it('JSON files have to be UTF-8', () => {
  const folder = mkdtempSync(join(tmpdir(), 'text-'));
  const file = join(folder, 'a.json');
  writeFileSync(file, Buffer.from('{"a": "é"}', 'latin1'));
  expect(() => readTextFile(file, 'table')).toThrow(
    'this is not UTF-8 text: byte offset 7 (line 1), found 0xE9. Save it',
  );
  expect(() => utf8Text(Buffer.from('\ufeff{}', 'utf16le'), 'b.json')).toThrow('b.json: this is UTF-16 text');
  rmSync(folder, { recursive: true });
});
