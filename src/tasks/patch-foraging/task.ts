import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { cos, sin } from '../../math/trigonometric.js';
import { foraging } from '../foraging/task.js';
import type { Controller, PreparedTask, Scenario, Task } from '../task.js';
import { arena, Food, type Pattern, type Pose } from '../worm/arena.js';
import { move } from '../worm/body.js';
import { sense } from '../worm/senses.js';
import { emptyForagingTrace, type ForagingTrace, traceStep } from '../worm/trace.js';
import { type Options, options } from './options.js';

/** A life, stretch by stretch between the moves of the patches. */
export interface PatchForagingTrace {
  stretches: ForagingTrace[];
  /** `[steps]` concentration of each modulator at the end of each step */
  concentrations: Record<string, number[]>;
  /** `[steps]` items eaten */
  eaten: number[];
}

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

function prepare(settings: Options): PreparedTask<PatchForagingTrace> {
  const stretches = settings.moves + 1;
  const scenario: Scenario = {
    name: 'patches',
    random: true,
    ceiling: {
      score: stretches * arena.foodItems * arena.foodReward,
      about: `all ${arena.foodItems} items of each of ${stretches} stretches eaten; the shaping reward comes on top`,
    },
  };
  const observation = new Float64Array(3);
  const action = new Float64Array(2);

  const live = (_scenario: Scenario, seed: string, controller: Controller, trace?: PatchForagingTrace) => {
    const random = RandomStream.from(deriveSeed(seed, 'patches'));
    const pose: Pose = {
      x: arena.width / 2,
      y: arena.height / 2,
      heading: random.uniformIn(-Math.PI, Math.PI),
    };
    controller.reset(seed);
    const modulators = trace && controller.network ? controller.network.modulators : [];
    let [score, touchSteps, afterMoves, before, fed] = [0, 0, 0, 0, 0];
    for (let stretch = 0; stretch < stretches; stretch++) {
      const pattern = drawPatches(random, settings);
      const food = new Food(pattern.x, pattern.y);
      const path = emptyForagingTrace();
      path.food = { x: [...pattern.x], y: [...pattern.y] };
      path.x.push(pose.x);
      path.y.push(pose.y);
      const [from, to] = [stretch, stretch + 1].map((k) => Math.round((k * settings.steps) / stretches));
      let eaten = 0;
      for (let step = from!; step < to!; step++) {
        sense(pose, food.sensed, observation);
        observation[2] = fed;
        controller.respond(observation, action);
        move(pose, action[0]!, action[1]!);
        score += food.graze(pose.x, pose.y);
        eaten += food.eaten;
        touchSteps += observation[0]!;
        fed = food.eaten > 0 ? 1 : 0;
        if (!trace) continue;
        traceStep(path, pose, observation, action, food.eaten);
        trace.eaten.push(food.eaten);
        for (const name of modulators) {
          trace.concentrations[name] ??= [];
          trace.concentrations[name].push(controller.network!.concentration(name));
        }
      }
      if (stretch === 0) before = eaten;
      else afterMoves += eaten;
      trace?.stretches.push(path);
    }
    // A body driven by what is not a number is nowhere, and would otherwise keep what it scored until then.
    const somewhere = Number.isFinite(pose.x + pose.y + pose.heading);
    return {
      score: somewhere ? score : Number.NaN,
      measures: {
        foodEaten: before + afterMoves,
        eatenBeforeMoves: before,
        eatenAfterMove: settings.moves === 0 ? 0 : afterMoves / settings.moves,
        touchSteps,
      },
    };
  };

  return {
    scenarios: [scenario],
    heldOut: [],
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
  measures: {
    foodEaten: { unit: 'items', about: 'food items eaten in all' },
    eatenBeforeMoves: { unit: 'items', about: 'eaten before the patches first move' },
    eatenAfterMove: { unit: 'items', about: 'eaten after each move, on average' },
    touchSteps: { unit: 'steps', about: 'steps in which a wall was felt' },
  },
  prepare,
  emptyTrace: (): PatchForagingTrace => ({ stretches: [], concentrations: {}, eaten: [] }),
  fresh: (settings: Options) => ({ options: settings, about: 'patches at new places' }),
  randomPolicy: foraging.randomPolicy,
} satisfies Task<typeof options, PatchForagingTrace>;
