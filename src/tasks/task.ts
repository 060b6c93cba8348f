import type { z } from 'zod';
import type { Arm } from '../figure/curves.js';
import type { Figure } from '../figure/figure.js';
import type { Simulator } from '../kernel/simulator.js';
import type { Embodied, Wiring } from '../network/model/body.js';
import type { CircuitPorts } from './circuit/ports.js';

/** A network as a task meets it: what it does can be seen and told, but it is loaded by whoever embodies it. */
export type LivingNetwork = Omit<Simulator, 'load' | 'network'>;

/** What lives in a task's body: a network, a random policy, … It turns observations into actions. */
export interface Controller {
  /** The network that lives here; absent where a policy does without one. */
  readonly network?: LivingNetwork;
  /** Values of the parameters `body.NAME` in this life, by NAME, where they differ from the task's own. */
  readonly body: Readonly<Record<string, number>>;
  /**
   * Starts a new life: nothing of an earlier one remains.
   * @param weights `[weights]` of the network, where the task draws them anew in each life
   */
  reset(seed: string, weights?: Readonly<Float64Array>): void;
  /**
   * One control interval.
   * @param observation `[inputs]` how strongly each input of the task is driven, in [0, 1]
   * @param action `[outputs]` receives the value of each output
   */
  respond(observation: Readonly<Float64Array>, action: Float64Array): void;
}

/** A named quantity that a task reports beside its score. */
export interface Measure {
  unit: string;
  about: string;
}

/** A quantity by which what lives in a task is told apart, whatever it scores: archives and niches are made of these. */
export interface BehaviourMeasure extends Measure {
  /** Where values lie as a rule. Archives count what lies beyond as at the end. */
  low: number;
  high: number;
  /** Parts into which the range is divided where nothing else is said. */
  bins: number;
}

export interface EpisodeResult {
  /** Higher is better. */
  score: number;
  /** One value for each entry of the task's `measures`. */
  measures: Readonly<Record<string, number>>;
  /** One value for each entry of the prepared task's `behaviour`. */
  behaviour: Readonly<Record<string, number>>;
}

/** One episode lived with all that is needed to draw it. */
export interface TracedEpisode<Trace = unknown> extends EpisodeResult {
  scenario: string;
  heldOut: boolean;
  trace: Trace;
}

/** What a task shows of lives, as plain data. Files are named without their ending. */
export interface TaskFigure<Trace = unknown> {
  /** Of a run's file with {@link lives}. */
  name: string;
  /** The same episodes before and after evolution. */
  lives(before: readonly TracedEpisode<Trace>[], after: readonly TracedEpisode<Trace>[]): Figure;
  /** A closer look at the champion's life, in a file of its own, beside that of the untrained start where it is given. */
  closer?: {
    name: string;
    life(title: string, life: TracedEpisode<Trace>, before?: TracedEpisode<Trace>): Figure;
  };
  /** Several conditions compared. */
  arms?(title: string, arms: readonly Arm<Trace>[]): Figure;
}

/** One thing to live through, such as one food pattern. */
export interface Scenario {
  name: string;
  /** Whether the seed changes anything: if not, one life is as good as many. */
  random: boolean;
  /** The best score that can be reached in principle, and how that is known: where it counts something, of so many scenarios. */
  ceiling: { score: number; about: string | ((scenarios: number) => string) };
  /** What the random policy scores on average, and whether that was derived or measured; absent where nobody has said. */
  chance?: { score: number; about: string };
}

/** What of that which a task releases and signals tells a network how it does, or what it should do. */
export interface Teaching {
  about: string;
  /** Modulators that the task itself releases for that. */
  modulators: readonly string[];
  /** Events that it signals for that: those that come or not, as the network does. */
  events?: readonly string[];
}

interface World<Trace> {
  /** The lifetime's score is the sum over these. */
  scenarios: readonly Scenario[];
  /** Scenarios kept back from evolution; they score transfer. */
  heldOut: readonly Scenario[];
  /** What a circuit that is not made for the task drives and is read by; absent where none can live it. */
  ports?: CircuitPorts;
  /** By what lives are told apart; the ranges follow from the options. */
  behaviour: Readonly<Record<string, BehaviourMeasure>>;
  /** Absent where nothing teaches. */
  teaching?: Teaching;
  /**
   * Lives one episode.
   * @param seed everything random in the world is drawn from it
   * @param trace where given, receives what is needed to draw the episode
   */
  live(scenario: Scenario, seed: string, controller: Controller, trace?: Trace): EpisodeResult;
  /**
   * Lives one episode as well as it can be lived, by a policy that is told what the world hides. Its mean score over many
   * seeds is the ceiling. Absent where no such policy is known.
   */
  oracle?(scenario: Scenario, seed: string): EpisodeResult;
}

/** Lived by the cells of a connectome, which the body drives and reads by their names. */
interface OnConnectome {
  wiring: Wiring;
  circuit?: undefined;
}

/** Lived by a network that the task brings. Its inputs and outputs are the task's. */
interface InCircuit {
  circuit: Embodied;
  wiring?: undefined;
}

/** A task with its options settled. */
export type PreparedTask<Trace = unknown> = World<Trace> & (OnConnectome | InCircuit);

/** A task's options changed, and what differs. */
export interface ChangedOptions<Options> {
  options: Options;
  about: string;
}

/** What chance is: one of the two. */
type Chance<Options> =
  | {
      /** A policy that knows nothing: its score is chance. */
      randomPolicy(): Controller;
      control?: undefined;
    }
  | {
      /**
       * For tasks in which nothing acts: the same task with what makes success meaningful taken away. What the untrained
       * network scores there is chance.
       */
      control(options: Options): ChangedOptions<Options>;
      randomPolicy?: undefined;
    };

/**
 * What lives in the task, known before its options are: the network of a connectome that the user chooses, or a circuit that
 * the task brings, of which the genome spec `genome` evolves where nothing else is said.
 */
type Home<Options, Trace> =
  | {
      lives: 'on-connectome';
      genome?: undefined;
      prepare(options: Options): World<Trace> & OnConnectome;
    }
  | {
      lives: 'in-circuit';
      /** One, or that of the circuit which the options, as a user gives them, choose. */
      genome: string | ((options: Readonly<Record<string, unknown>>) => string);
      prepare(options: Options): World<Trace> & InCircuit;
    };

interface TaskDescription<Schema extends z.ZodType, Trace> {
  summary: string;
  source: string;
  options: Schema;
  /**
   * Options that say what lives in the task, or how it is taught. The world and what its score counts are the same whatever
   * they say, so that runs which differ in them are compared. Without it, runs with different options are not.
   */
  ofNetwork?: readonly string[];
  measures: Readonly<Record<string, Measure>>;
  /** What `live` fills in for a picture: plain values and typed arrays, which other threads can send. */
  emptyTrace(): Trace;
  /** What is shown of lives; a task without it is scored and not drawn. */
  figure?: TaskFigure<Trace>;
  /** The same task made new, for honest scores of what was evolved on it. */
  fresh(options: z.output<Schema>): ChangedOptions<z.output<Schema>>;
}

export type Task<Schema extends z.ZodType = z.ZodType, Trace = unknown> = TaskDescription<Schema, Trace> &
  Home<z.output<Schema>, Trace> &
  Chance<z.output<Schema>>;
