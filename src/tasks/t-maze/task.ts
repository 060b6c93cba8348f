import { genomeWithCircuit } from '../circuit/options.js';
import { figureOfMaze } from '../maze/figure.js';
import { type MazeOptions, ofMazeNetwork, optionsOfMaze } from '../maze/options.js';
import { freshMaze, measuresOfMaze, prepareMaze } from '../maze/part.js';
import { randomPolicy } from '../maze/policies.js';
import { emptyMazeTrace, type MazeTrace } from '../maze/trace.js';
import type { Task } from '../task.js';

const options = optionsOfMaze({ moves: 1 });

export const tMaze = {
  summary: 'a turn to the left or the right, of which one has the large reward, until the two are exchanged',
  source:
    'Soltoggio, Bullinaria, Mattiussi, Duerr and Floreano 2008, Evolutionary advantages of neuromodulated plasticity in ' +
    'dynamic, reward-based scenarios, Artificial Life XI, in its simplified form',
  options,
  ofNetwork: ofMazeNetwork,
  lives: 'in-circuit',
  genome: genomeWithCircuit('t-maze'),
  measures: measuresOfMaze,
  prepare: (settings: MazeOptions) => prepareMaze(1, settings),
  emptyTrace: emptyMazeTrace,
  figure: figureOfMaze,
  fresh: freshMaze,
  randomPolicy,
} satisfies Task<typeof options, MazeTrace>;
