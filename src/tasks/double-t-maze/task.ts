import { genomeWithCircuit } from '../circuit/options.js';
import { figureOfMaze } from '../maze/figure.js';
import { type MazeOptions, ofMazeNetwork, optionsOfMaze } from '../maze/options.js';
import { freshMaze, measuresOfMaze, prepareMaze } from '../maze/part.js';
import { randomPolicy } from '../maze/policies.js';
import { emptyMazeTrace, type MazeTrace } from '../maze/trace.js';
import type { Task } from '../task.js';

const options = optionsOfMaze({ moves: 3 });

export const doubleTMaze = {
  summary:
    'two turns one after the other, and four ends, of which one has the large reward, which is moved three times',
  source:
    'Soltoggio, Bullinaria, Mattiussi, Duerr and Floreano 2008, Evolutionary advantages of neuromodulated plasticity in ' +
    'dynamic, reward-based scenarios, Artificial Life XI',
  options,
  ofNetwork: ofMazeNetwork,
  lives: 'in-circuit',
  genome: genomeWithCircuit('double-t-maze'),
  measures: measuresOfMaze,
  prepare: (settings: MazeOptions) => prepareMaze(2, settings),
  emptyTrace: emptyMazeTrace,
  figure: figureOfMaze,
  fresh: freshMaze,
  randomPolicy,
} satisfies Task<typeof options, MazeTrace>;
