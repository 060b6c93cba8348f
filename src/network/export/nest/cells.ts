import { exp } from '../../../math/exponential.js';
import { cellModels } from '../../cells/table.js';
import type { CellModel, PortModel } from '../../model/model.js';
import type { Population, Values } from '../../model/network.js';
import { synapseModels } from '../../synapses/table.js';

/** How spikes reach a cell of NEST. */
export interface NestReceptor {
  /** The port of the cell, where it has several. */
  receptor?: number;
  /** What a weight is multiplied by to be in NEST's unit; for all cells, or for each. */
  factor: Values;
  /** Steps that NEST acts earlier than Baldwin after the same delay. */
  earlier: number;
}

/** A population as NEST says it. */
export interface NestCells {
  model: string;
  /** By the names and in the units of NEST. */
  parameters: Readonly<Record<string, Values | boolean | readonly number[]>>;
  /** The states that begin a life, by their names here. */
  states: Readonly<Record<string, { name: string; factor: number }>>;
  /** Ports that receive spikes, by name. */
  receptors: ReadonlyMap<string, NestReceptor>;
  /** What a current is multiplied by to be in NEST's unit. */
  currentFactor: number;
  /** In what it differs, in words. */
  differs?: string;
}

interface NestModel {
  /** The model of Baldwin whose equations are the same. */
  cell: CellModel;
  /** What NEST makes of a population of it, or why it has no such cell. */
  say: (population: Population, dtMs: number) => NestCells | string;
}

const both = (a: Values, b: Values, of: (a: number, b: number) => number): Values =>
  typeof a === 'number'
    ? typeof b === 'number'
      ? of(a, b)
      : b.map((value) => of(a, value))
    : a.map((value, i) => of(value, typeof b === 'number' ? b : b[i]!));

const parameterOf = ({ model, parameters }: Population, name: string): Values =>
  parameters[name] ?? model.parameters[name]!.default;

/** What a model does, apart from its names and numbers: what users write alike is the same cell. */
const formOf = ({ state, equations, update, threshold, firing, reset, refractory, currentUnit }: CellModel) =>
  JSON.stringify([
    Object.entries(state),
    equations,
    update,
    threshold,
    firing ?? 'level',
    reset,
    refractory,
    currentUnit,
  ]);

/** The same of a synapse or an input. */
export const portForm = ({
  state,
  equations,
  update,
  onFire,
  current,
  receives,
  sends,
  heldFromStart,
}: PortModel) =>
  JSON.stringify([
    Object.entries(state),
    equations,
    update,
    onFire,
    current,
    receives,
    sends,
    heldFromStart ?? false,
  ]);

const receiving = ({ ports }: Population) =>
  Object.entries(ports).filter(([, { model }]) => model.receives !== undefined);

const isForm = (model: PortModel, known: PortModel) => portForm(model) === portForm(known);

/** A leaky cell with exponential currents, or with jumps of its potential. */
function leaky(population: Population, dtMs: number): NestCells | string {
  const { model } = population;
  if (model.integrator !== 'exponential-euler')
    return `leaky cells that are stepped by ${model.integrator ?? 'euler'}`;
  const of = (name: string) => parameterOf(population, name);
  const common = {
    C_m: both(of('tau'), of('resistance'), (tau, resistance) => (1000 * tau) / resistance),
    tau_m: of('tau'),
    E_L: of('vRest'),
    V_th: of('vThreshold'),
    V_reset: of('vReset'),
    t_ref: of('tRefractory'),
  };
  const states = { v: { name: 'V_m', factor: 1 } };
  const ports = receiving(population);
  const jumps = ports.filter(([, { model: port }]) => isForm(port, synapseModels.delta));
  if (ports.length > 0 && jumps.length === ports.length) {
    return {
      ...{ model: 'iaf_psc_delta', parameters: common, states, currentFactor: 1000 },
      // A jump decays through the step that holds it against the threshold, of which it is NEST's last part.
      receptors: new Map(
        jumps.map(([port]) => [
          port,
          { factor: both(of('tau'), dtMs, (tau, step) => exp(-step / tau)), earlier: 1 },
        ]),
      ),
    };
  }
  const others = ports.filter(
    ([, { model: port }]) =>
      !isForm(port, synapseModels.exponential) && !isForm(port, synapseModels['exponential-held']),
  );
  if (others.length > 0) {
    return `leaky cells with a synapse "${others[0]![1].model.name}", or with several kinds of synapses`;
  }
  const taus = ports.map(([, { model: port, parameters }]) => parameters.tau ?? port.parameters.tau!.default);
  if (taus.some((tau) => typeof tau !== 'number')) return 'synapses with a time constant for each cell';
  return {
    model: 'iaf_psc_exp_multisynapse',
    parameters: { ...common, tau_syn: taus.length > 0 ? (taus as number[]) : [2] },
    ...{ states, currentFactor: 1000 },
    receptors: new Map(ports.map(([port], i) => [port, { receptor: i + 1, factor: 1000, earlier: 0 }])),
    differs: 'NEST integrates the decaying current exactly, Baldwin takes its mean over the step',
  };
}

/** Izhikevich's cell by Euler with jumps, or as in the script of 2003 with currents of one step. */
function izhikevich(population: Population): NestCells | string {
  const { model } = population;
  const consistent = model.integrator === 'euler';
  if (!consistent && model.integrator !== 'izhikevich-half-steps') {
    return `Izhikevich cells that are stepped by ${model.integrator ?? 'euler'} (NEST has euler, and the half steps of the script)`;
  }
  const fixed = { linear: 5, constant: 140, vRecovery: 0, decay: 1 };
  const moved = Object.entries(fixed).find(([name, value]) => {
    const own = parameterOf(population, name);
    return typeof own === 'number' ? own !== value : own.some((each) => each !== value);
  });
  if (moved) return `Izhikevich cells whose "${moved[0]}" is not ${moved[1]}, as it is in NEST`;
  const known = consistent ? synapseModels.delta : synapseModels.pulse;
  const ports = receiving(population);
  const other = ports.find(([, { model: port }]) => !isForm(port, known));
  if (other) return `Izhikevich cells with a synapse "${other[1].model.name}"`;
  const of = (name: string) => parameterOf(population, name);
  return {
    model: 'izhikevich',
    parameters: {
      ...{ a: of('a'), b: of('b'), c: of('c'), d: of('d'), V_th: of('vPeak') },
      consistent_integration: consistent,
    },
    states: { v: { name: 'V_m', factor: 1 }, u: { name: 'U_m', factor: 1 } },
    currentFactor: 1,
    receptors: new Map(ports.map(([port]) => [port, { factor: 1, earlier: consistent ? 0 : 1 }])),
    ...(consistent
      ? { differs: 'a jump is held against the threshold in the step in which it arrives' }
      : {}),
  };
}

/** Cells that NEST has with the same equations. */
const known: readonly NestModel[] = [
  { cell: cellModels['leaky-integrate-and-fire'], say: leaky },
  { cell: cellModels.izhikevich, say: izhikevich },
];

/** A population in NEST, or why it cannot be said there. */
export function nestCells(population: Population, dtMs: number): NestCells | string {
  const found = known.find(({ cell }) => formOf(cell) === formOf(population.model));
  if (!found) return `cells of ${population.model.name}: NEST has none with these equations`;
  if (Object.keys(population.receptors ?? {}).length > 0) {
    const said = found.say(population, dtMs);
    return typeof said === 'string' ? said : { ...said, differs: 'modulators do not act on them' };
  }
  return found.say(population, dtMs);
}
