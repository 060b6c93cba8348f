import { crc32 } from 'node:zlib';
import { UserError } from '../../spec/errors.js';

/** The first day that a ZIP can tell, so that the same content gives the same file. */
const date = { day: (1 << 5) | 1, time: 0 };
/** The name is UTF-8. */
const utf8 = 1 << 11;
/** 2.0, the version that readers need. */
const version = 20;
/** Beyond this, offsets take another form, which not every reader knows. */
const mostBytes = 0xffffffff;

export interface ZipEntry {
  name: string;
  data: Uint8Array;
}

/** What the header before a file and its entry in the list at the end have in common. */
function description(name: Buffer, data: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(utf8, 2);
  // Stored as it is.
  fields.writeUInt16LE(0, 4);
  fields.writeUInt16LE(date.time, 6);
  fields.writeUInt16LE(date.day, 8);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/**
 * Files in a ZIP archive, stored as they are (PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16).
 * @throws UserError where they are more than 4 GB
 */
export function zipBytes(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const { name, data } of entries) {
    const named = Buffer.from(name);
    const described = description(named, data);
    const header = Buffer.concat([u32(0x04034b50), described, named]);
    // Made by version 2.0 on any system; no comment, no attributes.
    const rest = Buffer.alloc(10);
    const listed = [u32(0x02014b50), Buffer.from([version, 0]), described, Buffer.alloc(0), rest];
    list.push(...listed, u32(at), named);
    parts.push(header, data);
    at += header.length + data.length;
    if (at > mostBytes) {
      throw new UserError(
        'The arrays are larger than 4 GB, which this format cannot hold. Export them as parquet.',
      );
    }
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directory, u32(0x06054b50), end]);
}
