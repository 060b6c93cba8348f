const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or an attribute. Characters that no page may have are shown as unknown. */
export const escaped = (text: string | number): string =>
  String(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => named[character]!);

/** Text with names of code between backticks. */
export const withCode = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** What moves sideways where it is too wide, by keys as well. */
export const box = (label: string, content: string, kind = ''): string =>
  `<div class="box${kind}" role="region" aria-label="${escaped(label)}" tabindex="0">${content}</div>`;

/** Words on pictures that are drawn smaller are too small to read. */
const leastScale = 0.72;

/**
 * A picture as part of a page: its names are made its own, and it fills what it is put in.
 * @param name of the picture, which no other one on the page has
 */
export function inlineSvg(svg: string, name: string, label: string): string {
  const [, width, height] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
  const body = svg
    .slice(svg.indexOf('<svg'))
    .replace(/<svg[^>]*>/, '')
    .replaceAll(/ id="([^"]+)"/g, ` id="${name}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
    .replaceAll(/ xlink:href="#([^"]+)"/g, ` href="#${name}-$1"`)
    .replaceAll(' xlink:href="', ' href="');
  return (
    `<svg role="img" aria-label="${escaped(label)}" viewBox="0 0 ${width} ${height}" style="max-width: ${width}px; min-width: ${Math.round(leastScale * Number(width))}px">` +
    body.trim()
  );
}
