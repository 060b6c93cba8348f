/** Characters that show nothing: joiners, marks of direction, soft hyphens, controls. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** What a reader sees of a name: composed (Unicode's form C), without invisible characters, spaces alike. */
export const seen = (name: string) =>
  name
    .normalize('NFC')
    .replace(new RegExp(invisible.source, 'gu'), (character) => (/\s/.test(character) ? ' ' : ''))
    .replace(/\s+/g, ' ')
    .trim();

/** A name in quotation marks, and its characters beyond ASCII by number: it may look like another. */
export function spelled(name: string): string {
  const codes = Array.from(name)
    .filter((character) => character < ' ' || character > '~')
    .map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  return `"${name}"${codes.length > 0 ? ` (${codes.join(' ')})` : ''}`;
}
