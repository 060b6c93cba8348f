import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { cos, sin } from '../../math/trigonometric.js';
import { soundScore } from '../protocol/guard.js';
import { note, noteConcentrations } from '../protocol/recorder.js';
import type { PreparedTask, Scenario, Task } from '../task.js';
import { arena, Food, type Pattern } from '../worm/arena.js';
import { randomPolicy } from '../worm/body.js';
import { senses } from '../worm/senses.js';
import { emptyWormTrace, noteStart } from '../worm/trace.js';
import { behaviourOf, walkBehaviour, walkerFrom } from '../worm/walk.js';
import { patchForagingFigure } from './figure.js';
import { type Options, options } from './options.js';
import { emptyPatchForagingTrace, type PatchForagingTrace } from './trace.js';

/** The food of one stretch: as many items as in every pattern, in patches at places drawn from the stream. */
function drawPatches(random: RandomStream, { patches, radiusUnits }: Options): Pattern {
  const margin = radiusUnits + arena.eatDistance;
  const centres = Array.from({ length: patches }, () => ({
    x: random.uniformIn(margin, arena.width - margin),
    y: random.uniformIn(margin, arena.height - margin),
  }));
  const items = Array.from({ length: arena.foodItems }, (_, i) => {
    const { x, y } = centres[i % patches]!;
    const [angle, distance] = [2 * Math.PI * random.uniform(), radiusUnits * Math.sqrt(random.uniform())];
    return { x: x + distance * cos(angle), y: y + distance * sin(angle) };
  });
  return { x: Float64Array.from(items, ({ x }) => x), y: Float64Array.from(items, ({ y }) => y) };
}

/** `[stretches]` world steps of each; they add up to `steps`. */
function stretchSteps({ steps, moves }: Options): number[] {
  const stretches = moves + 1;
  const start = (stretch: number) => Math.round((stretch * steps) / stretches);
  return Array.from({ length: stretches }, (_, stretch) => start(stretch + 1) - start(stretch));
}

function prepare(settings: Options) {
  const stretches = stretchSteps(settings);
  const items = stretches.length * arena.foodItems;
  const scenario: Scenario = {
    name: 'patches',
    random: true,
    ceiling: {
      score: items * arena.foodReward,
      about: `all ${arena.foodItems} items of each of ${stretches.length} stretches eaten; the shaping reward comes on top`,
    },
  };

  const live: PreparedTask<PatchForagingTrace>['live'] = (_scenario, seed, controller, trace) => {
    const random = RandomStream.from(deriveSeed(seed, 'patches'));
    const heading = random.uniformIn(-Math.PI, Math.PI);
    const pose = { x: arena.width / 2, y: arena.height / 2, heading };
    controller.reset(seed);
    const { network } = controller;
    const { walk, go } = walkerFrom(pose, controller, senses);
    const watched = (eaten: number) => {
      note(trace, { eaten });
      if (trace && network) noteConcentrations(trace.concentrations, network, network.modulators);
    };
    const eatenIn = stretches.map((steps) => {
      const before = walk.foodEaten;
      const pattern = drawPatches(random, settings);
      const path = trace && emptyWormTrace();
      if (path) noteStart(path, pattern, pose);
      go(steps, new Food(pattern.x, pattern.y), path, trace && watched);
      if (path) trace.stretches.push(path);
      return walk.foodEaten - before;
    });
    const { score, foodEaten, touchSteps } = walk;
    return {
      score: soundScore(score, pose.x, pose.y, pose.heading),
      measures: {
        foodEaten,
        eatenBeforeMoves: eatenIn[0]!,
        eatenAfterMove: settings.moves === 0 ? 0 : (foodEaten - eatenIn[0]!) / settings.moves,
        touchSteps,
      },
      behaviour: behaviourOf(walk),
    };
  };

  return {
    scenarios: [scenario],
    heldOut: [],
    behaviour: walkBehaviour(items, settings.steps),
    wiring: {
      inputs: { touch: settings.touchCells, food: settings.foodCells, eaten: settings.eatenCells },
      outputs: { left: settings.leftMuscles, right: settings.rightMuscles },
    },
    live,
  };
}

export const patchForaging = {
  summary: 'the worm among patches of food that move twice within its life, so that what it learns can pay',
  source: 'the world of Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618, with patches that move',
  options,
  lives: 'on-connectome',
  measures: {
    foodEaten: { unit: 'items', about: 'food items eaten in all' },
    eatenBeforeMoves: { unit: 'items', about: 'eaten before the patches first move' },
    eatenAfterMove: { unit: 'items', about: 'eaten after each move, on average' },
    touchSteps: { unit: 'steps', about: 'steps in which a wall was felt' },
  },
  prepare,
  emptyTrace: emptyPatchForagingTrace,
  figure: patchForagingFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'patches at new places' }),
  randomPolicy,
} satisfies Task<typeof options, PatchForagingTrace>;
