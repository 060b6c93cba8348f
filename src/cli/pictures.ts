import { openRun } from '../evolve/opened-run.js';
import { fontNotice } from '../picture/canvas.js';
import { drawFigures } from '../picture/draw-figure.js';
import type { PictureFormat } from '../picture/surface.js';
import { runFigures } from '../report/figures/run.js';

/** Draws a run, into `output` or its own folder, and says when the machine cannot write on pictures. */
export async function drawPictures(
  run: string,
  output: string | undefined,
  format: PictureFormat,
  say: (text: string) => void,
): Promise<string[]> {
  const files = await drawFigures(runFigures(await openRun(run)), output ?? run, format);
  const note = await fontNotice();
  if (note !== undefined) say(note);
  return files;
}
