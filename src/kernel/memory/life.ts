import { exp } from '../../math/exponential.js';
import type { Values } from '../../network/model/network.js';
import { delaysOf, modulatorOf, parametersOf, ruleParametersOf } from '../parameters.js';
import type { LifeStart } from '../simulator.js';
import { longestInterval } from '../wat/plasticity/places.js';
import { portParameters } from '../wat/population.js';
import { writeConstants, writeStarts } from './constants.js';
import type { Currents } from './currents.js';
import { shortestInterval, writeLearning } from './learning.js';
import type { Memory } from './memory.js';
import { writeTrains } from './trains.js';
import { writeWeights } from './weights.js';

/** Writes everything that a lifetime starts from; returns the steps between rebases. */
export function writeLife(
  memory: Memory,
  currents: Currents,
  life: LifeStart,
  weights: Readonly<Float64Array>,
): number {
  const { program } = memory;
  const parameters = parametersOf(program, weights, life);
  writeCells(memory, parameters);
  currents.write(parameters);
  writePorts(memory, parameters, weights);
  writeShortTerm(memory);
  writeDelays(memory, life);
  const interval = writeRules(memory, life);
  // After the rules' bounds, which the weights are brought within.
  writeWeights(memory, weights);
  writeModulators(memory, life);
  writeTrains(memory);
  writeCounters(memory);
  return interval;
}

function writeCells(memory: Memory, parameters: readonly ReadonlyMap<string, Values>[]): void {
  memory.program.populations.forEach((population, i) => {
    const places = memory.places.cells[i]!;
    const own = parameters[i]!;
    writeConstants(memory, places, (name) => own.get(name), population.population.count);
    writeStarts(memory, population, places, own);
  });
}

/** What ports without spikes read and weigh. */
function writePorts(
  memory: Memory,
  parameters: readonly ReadonlyMap<string, Values>[],
  weights: Readonly<Float64Array>,
): void {
  const { program, places, numbers, size } = memory;
  program.continuous.forEach(({ from, to, port }, i) => {
    const own = parameters[program.populations.indexOf(from)]!;
    const received = parameters[program.populations.indexOf(to)]!;
    const ported = new Set(portParameters(to, port).map(([name]) => name));
    const parameterOf = (name: string) => (ported.has(name) ? received : own).get(name);
    writeConstants(memory, places.sending[i]!.places, parameterOf, from.population.count);
  });
  for (const { of, weights: at } of places.receiving) {
    for (let s = 0; s < of.source.length; s++) {
      numbers[at / size + s] = of.source[s]! < 0 ? 0 : weights[of.source[s]!]!;
    }
  }
}

function writeShortTerm({ program, places, numbers, words, size }: Memory): void {
  program.routes.forEach((route, i) => {
    const { shortTerm } = places.routes[i]!;
    if (!shortTerm) return;
    const { use, tauRecoveryMs, tauFacilitationMs } = route.special!.shortTerm!;
    numbers.fill(1, shortTerm.x / size, shortTerm.x / size + program.cells);
    numbers.fill(use, shortTerm.u / size, shortTerm.u / size + program.cells);
    words.fill(-1, shortTerm.last / 4, shortTerm.last / 4 + program.cells);
    numbers.set([use, tauRecoveryMs, tauFacilitationMs], shortTerm.constants / size);
  });
}

function writeDelays({ program, places, words }: Memory, life: LifeStart): void {
  delaysOf(program, life).forEach((steps, i) => {
    const at = places.delays[i];
    if (at !== undefined) words[at / 4] = steps;
  });
}

const modulatorsIn = ({ program }: Memory, life: LifeStart) =>
  new Map(
    Object.keys(program.network.modulators).map((name) => [name, modulatorOf(program, name, life)] as const),
  );

/** Returns the steps between rebases: few enough for every rule. */
function writeRules(memory: Memory, life: LifeStart): number {
  const { learning, network } = memory.program;
  const rules = learning.map((of) => ruleParametersOf(of, life, network.dtMs));
  const interval = learning.reduce(
    (least, of, p) => Math.min(least, shortestInterval(memory, of, rules[p]!)),
    longestInterval,
  );
  const modulators = modulatorsIn(memory, life);
  learning.forEach((of, p) => {
    writeLearning(memory, { learning: of, parameters: rules[p]!, modulators, interval });
  });
  return interval;
}

function writeModulators(memory: Memory, life: LifeStart): void {
  const { program, places, doubles } = memory;
  [...modulatorsIn(memory, life).values()].forEach(({ tauMs, baseline }, i) => {
    const at = places.modulators[i]! / 8;
    doubles[at] = baseline;
    doubles[at + 1] = baseline;
    doubles[at + 2] = exp(-program.network.dtMs / tauMs);
  });
}

/** No cell has fired yet. */
function writeCounters({ program, places, words, doubles }: Memory): void {
  const { cells, slots } = program;
  for (let slot = 0; slot < slots; slot++) {
    words[places.ringEnds / 4 + slot] = places.ring + slot * places.ringBytes;
  }
  words.fill(0, places.counts / 4, places.counts / 4 + cells);
  if (places.intervals) {
    const { last, sums, squares } = places.intervals;
    words.fill(-1, last / 4, last / 4 + cells);
    for (const at of [sums, squares]) doubles.fill(0, at / 8, at / 8 + cells);
  }
}
