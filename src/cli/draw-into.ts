import { resolve } from 'node:path';
import { fontNotice } from '../inspect/canvas.js';
import { replaceFile } from '../store/files.js';
import { notice } from './output.js';

/** Draws into a file where one was asked for, and says when the picture has no text. */
export async function drawInto(file: string | undefined, draw: () => Promise<Buffer>): Promise<void> {
  if (file === undefined) return;
  replaceFile(resolve(file), await draw());
  const note = fontNotice();
  if (note !== undefined) notice(note);
}
