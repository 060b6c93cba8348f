import canonicalize from 'canonicalize';
import { sha256 } from './sha256.js';

/** RFC 8785 canonical JSON: the same bytes for the same data, whatever the order of keys in the file. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value with no JSON form cannot be canonicalised');
  return text;
}

/** SHA-256 of a value's canonical JSON: formatting and key order do not change it. */
export function canonicalHash(value: unknown): string {
  return sha256(canonicalJson(value));
}
