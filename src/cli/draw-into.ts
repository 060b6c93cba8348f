import type { Figure } from '../figure/figure.js';
import { fontNotice } from '../picture/canvas.js';
import { drawFigure } from '../picture/draw-figure.js';
import { notice } from './output.js';

/** Draws into a file where one was asked for, and says when the picture has no text. */
export async function drawInto(file: string | undefined, draw: () => Figure): Promise<void> {
  if (file === undefined) return;
  await drawFigure(draw(), file);
  const note = await fontNotice();
  if (note !== undefined) notice(note);
}
