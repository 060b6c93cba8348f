import type { Embodied, Wiring } from '../network/model/body.js';
import type { OptionsDescription, OptionValues } from '../spec/parts/plain-options.js';
import type {
  BehaviourMeasure,
  ChangedOptions,
  Controller,
  EpisodeResult,
  Measure,
  Scenario,
  TaskFigure,
} from './task.js';

/** A task's world with its options settled; what is left out is filled in. */
interface OwnWorld<Trace> {
  scenarios: readonly Scenario[];
  heldOut?: readonly Scenario[];
  behaviour?: Readonly<Record<string, BehaviourMeasure>>;
  live(
    scenario: Scenario,
    seed: string,
    controller: Controller,
    trace?: Trace,
  ): Pick<EpisodeResult, 'score'> & Partial<EpisodeResult>;
  oracle?(scenario: Scenario, seed: string): Pick<EpisodeResult, 'score'> & Partial<EpisodeResult>;
}

type OwnHome<Values, Trace> =
  | { lives: 'on-connectome'; prepare(options: Values): OwnWorld<Trace> & { wiring: Wiring } }
  | {
      lives: 'in-circuit';
      genome: string | ((options: Readonly<Record<string, unknown>>) => string);
      prepare(options: Values): OwnWorld<Trace> & { circuit: Embodied };
    };

/** What chance is: the score of a policy that knows nothing, or of the untrained network in a task made meaningless. */
type OwnChance<Values> =
  | { randomPolicy(): Controller; control?: undefined }
  | { control(options: Values): ChangedOptions<Values>; randomPolicy?: undefined };

/** A task as a user's module exports it by default. */
export type OwnTask<Options extends OptionsDescription, Trace = unknown> = {
  summary: string;
  source?: string;
  options?: Options;
  measures?: Readonly<Record<string, Measure>>;
  /** What `live` fills in for a picture. */
  emptyTrace?(): Trace;
  figure?: TaskFigure<Trace>;
  /** The same task made new; on other seeds where it does not say. */
  fresh?(options: OptionValues<Options>): ChangedOptions<OptionValues<Options>>;
} & OwnHome<OptionValues<Options>, Trace> &
  OwnChance<OptionValues<Options>>;

/** Gives types to a task of a user's; it returns what it is given. */
export const defineTask = <const Options extends OptionsDescription = Record<never, never>, Trace = unknown>(
  task: OwnTask<Options, Trace>,
): OwnTask<Options, Trace> => task;
