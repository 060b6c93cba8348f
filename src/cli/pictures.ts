import { fontNotice } from '../inspect/canvas.js';
import { runPictures } from '../inspect/pictures.js';

/** Draws a run, into `output` or its own folder, and says when the machine cannot write on pictures. */
export async function drawPictures(
  run: string,
  output: string | undefined,
  say: (text: string) => void,
): Promise<string[]> {
  const files = await runPictures(run, output);
  const note = fontNotice();
  if (note !== undefined) say(note);
  return files;
}
