import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, circuitGenome, ofCircuit } from '../circuit/options.js';
import type { CircuitPorts } from '../circuit/ports.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { discoveryFigure } from './figure.js';
import { hiddenIn, liveTrials, streamOf } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { intervalMs, type Options, options } from './options.js';
import { knowing, randomPolicy } from './policies.js';
import { type DiscoveryTrace, emptyDiscoveryTrace } from './trace.js';
import { chanceShare, inputNames, outputs } from './world.js';

/** Poisson channels of each input, of which ten bits are on at a time as a rule; cells of each answer. */
const channelsAnInput = 2;
const cellsAnAnswer = 10;

const behaviour = {
  saidYes: { unit: '1', about: 'answers with yes', low: 0, high: 1, bins: 10 },
  accuracy: { unit: '1', about: 'right answers in the whole life', low: 0, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

/** What the circuit drives and is read by. */
const portsOf = ({ bits }: Options): CircuitPorts => ({
  inputs: Object.fromEntries(inputNames(bits).map((name) => [name, { channels: channelsAnInput }])),
  outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, { cells: cellsAnAnswer }])),
  intervalMs,
  releases: { DA: { tauMs: 50 } },
  activeChannels: channelsAnInput * Math.max(1, Math.round(bits / 2)),
});

function prepare(settings: Options) {
  const ports = portsOf(settings);
  const scenario: Scenario = {
    name: 'new cues',
    random: true,
    ceiling: {
      score: 1,
      about: 'the target is known from the start; who has to find it is wrong once in a life on average',
    },
    chance: { score: chanceShare, about: 'derived: answers are tossed' },
  };
  const live: PreparedTask<DiscoveryTrace>['live'] = (_scenario, seed, controller, trace) => {
    const { trials, spikes } = liveTrials(settings, seed, controller, trace);
    const measures = { ...measuresOf(trials), spikesATrial: spikes / settings.trials };
    const { saidYes, accuracy } = measures;
    return { score: scoreOf(trials), measures, behaviour: { saidYes, accuracy } };
  };
  const oracle = (of: Scenario, seed: string) => {
    const { cues, target } = hiddenIn(settings, streamOf(seed));
    return live(of, seed, knowing(settings.bits, cues[target]!));
  };
  return {
    circuit: circuitFrom(settings.circuit, settings.networkSeed, ports),
    ports,
    scenarios: [scenario],
    heldOut: [],
    behaviour,
    teaching: { about: 'the dopamine of each answer', modulators: ['DA'] },
    live,
    oracle,
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the share of right answers in the last third of a life. */
export const targetDiscovery = {
  summary: 'whether the target, one of four new cues, was among the two that were shown',
  source: 'Miconi, Rawal, Clune and Stanley 2019, arXiv 2002.10585 (Backpropamine), in spikes',
  options,
  ofNetwork: [...ofCircuit, 'dopamine'],
  lives: 'in-circuit',
  genome: circuitGenome,
  measures: {
    accuracy: share('right answers in the whole life'),
    accuracyFirst: share('right answers in the first third'),
    hits: share('answers with yes where the target was shown'),
    falseAlarms: share('answers with yes where it was not'),
    saidYes: share('answers with yes'),
    spikesATrial: { unit: '1', about: 'spikes of all cells' },
  },
  prepare,
  emptyTrace: emptyDiscoveryTrace,
  figure: discoveryFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other wiring and first weights',
  }),
  randomPolicy,
} satisfies Task<typeof options, DiscoveryTrace>;
