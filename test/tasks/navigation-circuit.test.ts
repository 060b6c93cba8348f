import { describe, expect, it } from 'vitest';
import { deriveSeed } from '../../src/math/seed.js';
import type { Network, Population } from '../../src/network/model/network.js';
import { type ArenaName, actionCells, arenas, directions } from '../../src/tasks/navigation/arena.js';
import { type NavigationOptions, navigationCircuit } from '../../src/tasks/navigation/circuit.js';
import { type Engine, engines, simulatorOf } from '../network/ports.js';

const names = Object.keys(arenas) as ArenaName[];
const [x, y, found, wrong] = [0, 1, 2, 3];

type Change = Partial<Pick<Population, 'parameters' | 'start'>>;

/** The circuit with other parameters and starts of its populations. */
function circuit(options: NavigationOptions, changes: Record<string, Change>): Network {
  const { network } = navigationCircuit(options);
  return {
    ...network,
    populations: network.populations.map((population) => {
      const { parameters = {}, start = {} } = changes[population.name] ?? {};
      return {
        ...population,
        parameters: { ...population.parameters, ...parameters },
        start: { ...population.start, ...start },
      };
    }),
  };
}

/** Runs some steps and returns the outputs after each. */
function live(network: Network, steps: number, engine: Engine, seed = 'navigation'): number[][] {
  const simulator = simulatorOf(network, engine);
  simulator.load({ seed: deriveSeed(seed) });
  const outputs = new Float64Array(network.outputs.length);
  return Array.from({ length: steps }, () => {
    simulator.run(1, [], outputs);
    return [...outputs];
  });
}

const far = { goalX: 50, wrongX: 50 };
const still = { place: { parameters: { rate: 0 } }, action: { parameters: { rho0: 0 } } };

describe.each(names)('the %s', (arena) => {
  const { centres, reaches, reach, goals, goalRadius, starts } = arenas[arena];

  it('has 121 place fields 0.4 apart, and goals and starts inside that are not each other', () => {
    expect(centres).toHaveLength(121);
    centres.forEach((centre, i) => {
      const others = centres.filter((_, j) => j !== i);
      const nearest = Math.min(
        ...others.map((other) => Math.hypot(centre[0] - other[0], centre[1] - other[1])),
      );
      expect(nearest).toBeCloseTo(0.4, 9);
    });
    for (const [goalX, goalY] of goals) {
      expect(Math.hypot(goalX, goalY) + goalRadius).toBeLessThan(reach * Math.SQRT2);
      for (const start of starts) {
        expect(Math.hypot(goalX - start[0], goalY - start[1])).toBeGreaterThan(goalRadius);
      }
    }
  });

  it('lets place cells by the wall point inwards alone', () => {
    const counts = centres.map((centre, place) => {
      const own = reaches(place);
      expect(new Set(own).size).toBe(own.length);
      for (const action of own) {
        const [east, north] = directions[action]!;
        if (own.length === actionCells) continue;
        if (arena === 'disc') expect(east * centre[0] + north * centre[1]).toBeLessThan(0);
        else {
          // Along a wall, or away from it.
          if (Math.abs(centre[0]) > 1.99) expect(east * Math.sign(centre[0])).toBeLessThan(1e-9);
          if (Math.abs(centre[1]) > 1.99) expect(north * Math.sign(centre[1])).toBeLessThan(1e-9);
        }
      }
      return own.length;
    });
    const tally = Object.fromEntries(
      [...new Set(counts)].map((n) => [n, counts.filter((k) => k === n).length]),
    );
    expect(tally).toEqual(arena === 'disc' ? { 14: 24, 40: 97 } : { 11: 4, 21: 36, 40: 81 });
  });

  it('keeps the body within its walls, and lets it see more than half of the world', () => {
    const path = live(circuit({ arena }, { body: { start: far } }), 30_000, 'f32');
    const distance = path.map((at) =>
      arena === 'disc' ? Math.hypot(at[x]!, at[y]!) : Math.max(Math.abs(at[x]!), Math.abs(at[y]!)),
    );
    expect(Math.max(...distance)).toBeLessThan(reach + 0.05);
    expect(Math.max(...distance)).toBeGreaterThan(reach - 0.2);
    const seen = centres.filter(([east, north]) =>
      path.some((at) => Math.hypot(at[x]! - east, at[y]! - north) < 0.3),
    );
    expect(seen.length).toBeGreaterThan(60);
  });

  it.each(['a', 'b', 'c'])('runs to the bit alike in both engines (%s)', (seed) => {
    const start = { x: starts[0]![0], y: starts[0]![1], goalX: goals[0][0], goalY: goals[0][1] };
    const network = circuit({ arena }, { body: { start } });
    const [reference, compiled] = (['reference', 'f64'] as const).map((engine) => {
      const simulator = simulatorOf(network, engine);
      simulator.load({ seed: deriveSeed(seed) });
      const outputs = new Float64Array(network.outputs.length);
      simulator.run(900, [], outputs);
      const states = ['u', 'eta', 'inputs.g', 'rate.rate'].map((state) => simulator.state('action', state));
      return { outputs, states, counts: simulator.spikeCounts() };
    });
    expect(compiled).toEqual(reference);
    // The agent moved, by action cells that fired.
    expect(Math.hypot(reference!.outputs[x]! - start.x, reference!.outputs[y]! - start.y)).toBeGreaterThan(
      0.2,
    );
    expect(reference!.counts.slice(121, 161).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(200);
  });

  it.each(engines)('finds the goal where it stands, and falls silent with the step after (%s)', (engine) => {
    const [goalX, goalY] = goals[1];
    const start = { x: goalX + 0.29, y: goalY, goalX, goalY, wrongX: goalX, wrongY: goalY };
    const network = circuit({ arena }, { body: { start, parameters: { stride: 0 } } });
    const simulator = simulatorOf(network, engine);
    simulator.load({ seed: deriveSeed('found') });
    const outputs = new Float64Array(network.outputs.length);
    const spikes = Array.from({ length: 100 }, () => {
      simulator.run(1, [], outputs);
      expect(simulator.fired().includes(161)).toBe(simulator.step === 1);
      return simulator
        .spikeCounts()
        .slice(0, 121)
        .reduce((sum, n) => sum + n, 0);
    });
    expect([outputs[found], outputs[wrong]]).toEqual([1, -1]);
    expect(spikes[99]).toBe(spikes[0]);
  });

  it('notes a visit to the wrong place, and goes on unless that decides', () => {
    const [wrongX, wrongY] = goals[0];
    const start = { x: wrongX, y: wrongY, goalX: 50, wrongX, wrongY };
    for (const decisive of [0, 1]) {
      const network = circuit({ arena }, { body: { start, parameters: { stride: 0, decisive } } });
      const simulator = simulatorOf(network, 'f64');
      simulator.load({ seed: deriveSeed('wrong') });
      const outputs = new Float64Array(network.outputs.length);
      simulator.run(200, [], outputs);
      expect([outputs[found], outputs[wrong]]).toEqual([-1, 1]);
      expect(simulator.state('body', 'done')[0]).toBe(decisive);
      const places = simulator
        .spikeCounts()
        .slice(0, 121)
        .reduce((sum, n) => sum + n, 0);
      if (decisive === 1) expect(places).toBeLessThan(8);
      else expect(places).toBeGreaterThan(150);
    }
  });
});

describe('the agent', () => {
  it('has place cells that fire as the distance from their centres says', () => {
    const network = circuit(
      { arena: 'square' },
      { body: { start: { ...far, x: 0.3, y: -0.1 }, parameters: { stride: 0 } } },
    );
    const simulator = simulatorOf(network, 'f32');
    simulator.load({ seed: deriveSeed('fields') });
    const steps = 20_000;
    simulator.run(steps, [], new Float64Array(network.outputs.length));
    const counts = simulator.spikeCounts();
    arenas.square.centres.forEach(([east, north], place) => {
      const chance = 0.4 * Math.exp(-((east - 0.3) ** 2 + (north + 0.1) ** 2) / 0.16);
      expect(Math.abs(counts[place]! - steps * chance)).toBeLessThan(4.5 * Math.sqrt(steps * chance) + 3);
    });
  });

  it('has a ring that inhibits itself, but for neighbours, and no cell itself', () => {
    const { network } = navigationCircuit({ arena: 'square' });
    const ring = network.projections.find(({ name }) => name === 'ring')!;
    const rows = Array.from({ length: actionCells }, (_, pre) =>
      Array.from(ring.weight.slice(pre * actionCells, (pre + 1) * actionCells), (at) => network.weights[at]!),
    );
    rows.forEach((row, pre) => {
      expect(row[pre]).toBe(0);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo((-300 / 40) * 39 + 100, 9);
      expect(row[(pre + 1) % actionCells]).toBeGreaterThan(0);
      expect(row[(pre + 20) % actionCells]).toBeCloseTo(-7.5, 9);
      expect(row[(pre + 3) % actionCells]).toBeCloseTo(row[(pre + 37) % actionCells]!, 12);
    });
  });

  it.each(engines)('moves by the mean of the directions of what fires, as fast as it does (%s)', (engine) => {
    // One spike of cell 9, whose direction is east, and two of cell 39, north, at time 0.
    const spikes = Float64Array.from({ length: actionCells }, (_, i) => (i === 9 ? 1 : i === 39 ? 2 : 0));
    const action = { ...still.action, start: { 'rate.fast': spikes } };
    const network = circuit({ arena: 'square' }, { ...still, action, body: { start: far } });
    const path = live(network, 800, engine);
    const kernel = (s: number) => (Math.exp(-s / 50) - Math.exp(-s / 20)) / 30;
    let moved = 0;
    path.forEach((at, step) => {
      // What was sent at the start of a step is the rate at the end of the one before.
      moved += step === 0 ? 0 : (0.08 / 40) * kernel(step);
      expect(Math.abs(at[x]! - moved)).toBeLessThan(1e-7);
      expect(Math.abs(at[y]! - 2 * moved)).toBeLessThan(1e-7);
    });
    // All of a spike moves it by 0.08 / 40.
    expect(moved).toBeCloseTo(0.002, 4);
  });

  it('is thrown back by the wall of the disc, and pushed back by that of the square', () => {
    const pushed = (arena: ArenaName, at: Record<string, number>) => {
      // A rate of 1/ms of all cells that point east or, half as many, north.
      const rate = Float64Array.from(directions, ([east, north]) =>
        east > 0.999 ? 10 : north > 0.999 ? 5 : 0,
      );
      const action = { ...still.action, start: { 'rate.rate': rate } };
      return live(circuit({ arena }, { ...still, action, body: { start: { ...far, ...at } } }), 1, 'f64')[0]!;
    };
    // A step of 0.02 east and 0.01 north: what is in the way of the wall is turned round and taken from the other.
    const [outX, outY] = pushed('disc', { x: 2.435, y: 0 });
    const [px, py] = [2.455, 0.01];
    const size = Math.hypot(px, py);
    const outwards = (0.02 * px + 0.01 * py) / size;
    expect(outX).toBeCloseTo(px + 0.02 - (2 * outwards * px) / size, 12);
    expect(outY).toBeCloseTo(py + 0.01 - (2 * outwards * py) / size, 12);
    expect(pushed('square', { x: 1.985, y: 0 }).slice(0, 2)).toEqual([
      expect.closeTo(1.995, 12),
      expect.closeTo(0.01, 12),
    ]);
    expect(pushed('square', { x: 0, y: 1.995 }).slice(0, 2)).toEqual([
      expect.closeTo(0.02, 12),
      expect.closeTo(1.995, 12),
    ]);
  });
});
