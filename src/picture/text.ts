import { textWidth } from './canvas.js';

/** Lines of `text` no wider than `width`; a single word that is wider is cut and ends in an ellipsis. */
export function wrapText(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, weight) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => fitText(each, width, size, weight));
}

/** Like {@link wrapText} for a name without spaces: lines break behind dashes, dots and underscores as well. */
export function wrapName(name: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const part of name.match(/[^-_.\s]*[-_.\s]*/g) ?? []) {
    const line = lines.at(-1);
    if (line !== undefined && textWidth(line + part, size) <= width) lines[lines.length - 1] = line + part;
    else if (part !== '') lines.push(part);
  }
  return lines.map((line) => fitText(line.trim(), width, size));
}

/** `text` if it is no wider than `width`, otherwise its beginning and an ellipsis. */
export function fitText(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): string {
  if (textWidth(text, size, weight) <= width) return text;
  let kept = text.length;
  while (kept > 1 && textWidth(`${text.slice(0, kept)}…`, size, weight) > width) kept--;
  return `${text.slice(0, kept).trimEnd()}…`;
}

/** Like {@link fitText}, but cut in the middle: the names of runs often differ in their ends alone. */
export function fitName(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): string {
  const cut = (kept: number) =>
    `${text.slice(0, Math.ceil(kept / 2)).trimEnd()}…${text.slice(text.length - Math.floor(kept / 2)).trimStart()}`;
  if (textWidth(text, size, weight) <= width) return text;
  let kept = text.length - 1;
  while (kept > 1 && textWidth(cut(kept), size, weight) > width) kept--;
  return cut(kept);
}
