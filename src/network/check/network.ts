import { UsageError } from '../../spec/errors.js';
import type { InputPort, Network, OutputPort, Population } from '../model/network.js';
import { checkRange, faultsOf, known, refuse, stateNames } from './parts.js';
import { checkPopulation } from './population.js';
import { checkProjection, checkSharing } from './projection.js';

function checkModulatorsThemselves({ modulators, populations }: Network): void {
  for (const [name, { tauMs, baseline, releasedBy }] of Object.entries(modulators)) {
    const where = `modulator "${name}"`;
    if (!(tauMs > 0))
      refuse(where, `tauMs: expected a time above 0 (Infinity where it stays), found ${tauMs}.`);
    if (!Number.isFinite(baseline)) refuse(where, `baseline: expected a number, found ${baseline}.`);
    for (const { population, cells, amount } of releasedBy ?? []) {
      known(
        where,
        'population',
        population,
        populations.map((of) => of.name),
      );
      const { count } = populations.find((of) => of.name === population)!;
      checkRange(where, 'cells', cells ?? new Int32Array(0), count);
      if (!Number.isFinite(amount)) refuse(where, `amount: expected a number, found ${amount}.`);
    }
  }
}

function checkInput(
  { name, kind, amplitude, cells: driven }: InputPort,
  owners: readonly Population[],
): void {
  known(`input "${name}"`, 'kind', kind, ['current', 'fire']);
  if (!Number.isFinite(amplitude))
    refuse(`input "${name}"`, `amplitude: expected a number, found ${amplitude}.`);
  checkRange(`input "${name}"`, 'cells', driven, owners.length);
  for (const cell of kind === 'current' ? driven : []) {
    const { name: population, ports } = owners[cell]!;
    if (ports.external?.parameters.I instanceof Float64Array) continue;
    refuse(
      `input "${name}"`,
      `population "${population}" needs a port "external" whose parameter I has a value for each cell.`,
    );
  }
}

function checkOutput({ name, cells: read, state }: OutputPort, owners: readonly Population[]): void {
  checkRange(`output "${name}"`, 'cells', read, owners.length);
  for (const cell of read) {
    const population = owners[cell]!;
    known(`output "${name}"`, `state of population "${population.name}"`, state, stateNames(population));
  }
}

function checkOwnNames({ populations, projections }: Network): void {
  for (const [what, parts] of [
    ['population', populations],
    ['projection', projections],
  ] as const) {
    const names = parts.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) refuse(`${what} "${twice}"`, 'there are two of this name.');
  }
}

/**
 * Checks that the parts of a network fit together.
 * @throws UsageError naming each part that does not, and what it could have meant
 */
export function checkNetwork(network: Network): void {
  const { dtMs, populations, projections, inputs, outputs } = network;
  const modulators = Object.keys(network.modulators);
  // What names mean is the ground of all else.
  checkOwnNames(network);
  if (typeof dtMs !== 'number' || !(dtMs > 0 && dtMs < Number.POSITIVE_INFINITY))
    refuse('network', `dtMs: expected a step above 0, found ${dtMs}.`);
  const owners = populations.flatMap((population) => Array<Population>(population.count).fill(population));
  const faults = faultsOf([
    () => {
      const at = network.weights.findIndex((weight) => !Number.isFinite(weight));
      if (at >= 0) refuse('network', `weights[${at}]: expected a number, found ${network.weights[at]}.`);
    },
    ...populations.map((population) => () => checkPopulation(population, modulators)),
    ...projections.map((projection) => () => checkProjection(projection, network)),
    () => checkSharing(network),
    () => checkModulatorsThemselves(network),
    ...inputs.map((input) => () => checkInput(input, owners)),
    ...outputs.map((output) => () => checkOutput(output, owners)),
  ]);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}
