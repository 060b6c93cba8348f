import { fontNotice } from '../picture/canvas.js';
import { drawFigures } from '../picture/draw-figure.js';
import type { PictureFormat } from '../picture/surface.js';
import { runFigures } from '../report/figures/run.js';
import { openNamed } from './elite.js';

/** Draws a run, into `output` or its own folder, and says when the machine cannot write on pictures. */
export async function drawPictures(
  run: string,
  output: string | undefined,
  format: PictureFormat,
  say: (text: string) => void,
): Promise<string[]> {
  const files = await drawFigures(runFigures(await openNamed(run)), output ?? run, format);
  const note = await fontNotice();
  if (note !== undefined) say(note);
  return files;
}
