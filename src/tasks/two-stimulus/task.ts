import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, circuitGenome, ofCircuit } from '../circuit/options.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { twoStimulusFigure } from './figure.js';
import { knowing, liveTrials, ruleOf } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { intervalMs, type Options, options } from './options.js';
import { emptyTwoStimulusTrace, type TwoStimulusTrace } from './trace.js';
import { heldOut, inputs, outputs } from './world.js';

const channelsAnInput = 10;
const cellsAnAnswer = 10;

/** What the circuit drives and is read by. */
const ports: CircuitPorts = {
  inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, { channels: channelsAnInput }])),
  outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, { cells: cellsAnAnswer }])),
  intervalMs,
  releases: { DA: { tauMs: 50 } },
};

const behaviour = {
  saidYes: { unit: '1', about: 'answers with yes', low: 0, high: 1, bins: 10 },
  accuracy: { unit: '1', about: 'right answers in the whole life', low: 0, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: { score: 1, about: 'every answer right, the rule known from the start' },
    chance: { score: 0.5, about: 'derived: answers are tossed' },
  });
  const live: PreparedTask<TwoStimulusTrace>['live'] = ({ name }, seed, controller, trace): EpisodeResult => {
    const { trials, spikes } = liveTrials(settings, ruleOf(name, seed), seed, controller, trace);
    const measures = { ...measuresOf(trials), spikesATrial: spikes / settings.trials };
    const { saidYes, accuracy } = measures;
    return { score: scoreOf(trials), measures, behaviour: { saidYes, accuracy } };
  };
  return {
    circuit: circuitFrom(settings.circuit, settings.networkSeed, ports),
    ports,
    scenarios: [scenario('one rule of twelve')],
    heldOut: heldOut.map(scenario),
    behaviour,
    teaching: { about: 'the dopamine of each answer', modulators: ['DA'] },
    live,
    oracle: (of: Scenario, seed: string) => live(of, seed, knowing(ruleOf(of.name, seed))),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the share of right answers in the last quarter of a life. */
export const twoStimulus = {
  summary:
    'two stimuli and an answer, by one of fourteen rules that rewards alone tell: delayed match to sample is never trained',
  source: 'Miconi 2023, Learning to learn simple cognitive tasks by evolving plasticity, ICML; in spikes',
  options,
  ofNetwork: [...ofCircuit, 'dopamine'],
  lives: 'in-circuit',
  genome: circuitGenome,
  measures: {
    accuracy: share('right answers in the whole life'),
    accuracyFirst: share('right answers in the first quarter'),
    worstPair: share('right answers in the last quarter at the pair of stimuli that is answered worst'),
    saidYes: share('answers with yes'),
    spikesATrial: { unit: '1', about: 'spikes of all cells' },
  },
  prepare,
  emptyTrace: emptyTwoStimulusTrace,
  figure: twoStimulusFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other wiring and first weights',
  }),
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, TwoStimulusTrace>;
