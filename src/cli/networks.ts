import { basename } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { type NetworkRun, type NetworkRunRequest, noiseSeedOf, runNetwork } from '../inspect/network-run.js';
import { loadAssembler } from '../kernel/assemble.js';
import { drawsOf } from '../kernel/noise.js';
import { benchmarkNetworks, benchmarkSummaries } from '../network/build/benchmarks.js';
import { type SimulatorName, simulatorNames, simulators } from '../network/export/simulators.js';
import { loadNetwork } from '../network/files/network-file.js';
import type { Network } from '../network/model/network.js';
import { rasterFigure } from '../report/figures/raster.js';
import { entryOf, UsageError } from '../spec/errors.js';
import { saveNetwork } from '../store/network-file.js';
import { drawInto } from './draw-into.js';
import { jsonOption, pictureFile, positiveNumber, wholeNumber } from './options.js';
import { count, fields, figure, heading, notice, print, printJson, table } from './output.js';
import { forceOption, refuseExisting } from './output-file.js';
import { arraysBeside, writeScript } from './write-script.js';

function list(json: true | undefined): void {
  const listed = Object.entries(benchmarkSummaries).map(([name, summary]) => ({ name, summary }));
  if (json) printJson({ networks: listed });
  else
    print(
      table(
        ['network', 'summary'],
        listed.map(({ name, summary }) => [name, summary]),
      ),
    );
}

function networkOf(nameOrPath: string, seed: number): Network {
  if (/[\\/]/.test(nameOrPath) || nameOrPath.endsWith('.json')) return loadNetwork(nameOrPath);
  const hint = ' Your own is named by the path of its file (ending in .json).';
  return entryOf(benchmarkNetworks, nameOrPath, 'network', hint)(`${seed}`);
}

function exportTo(
  name: string,
  network: Network,
  path: string,
  options: { as: 'json' | SimulatorName; ms: number; seed: number; noise?: true; force?: true; json?: true },
): void {
  const { as, ms, seed, noise, force } = options;
  if ((as === 'json') === path.endsWith('.py')) {
    throw new UsageError(
      as === 'json'
        ? `--export ${path}: a script is for a simulator. Say which: --as ${simulatorNames.join(' or ')}.`
        : `--export ${path}: a script for ${simulators[as].title} is a file that ends in .py.`,
    );
  }
  if (['brian2', 'nest', 'numpy', 'sympy'].includes(basename(path, '.py'))) {
    throw new UsageError(
      `--export ${path}: Python would import this file in the place of the package of the same name. Choose another name.`,
    );
  }
  if (as === 'json') refuseExisting([path], force);
  const request = {
    ...{ title: `The network ${name}`, ms, arraysFile: arraysBeside(path) },
    ...(noise ? { noise: drawsOf(noiseSeedOf(seed)) } : {}),
  };
  const files =
    as === 'json'
      ? saveNetwork(path, network)
      : writeScript(path, simulators[as].script(network, request), force);
  if (options.json) printJson({ name, exported: files });
  else print(files.join('\n'));
}

const cellsOf = ({ populations }: Network) => populations.reduce((sum, { count: cells }) => sum + cells, 0);
const synapsesOf = ({ projections }: Network) => projections.reduce((sum, { post }) => sum + post.length, 0);

/** What stands for a CV that no cell has enough spikes for. */
const cvText = (cv: number) => (Number.isNaN(cv) ? '-' : cv.toFixed(2));

function report(name: string, network: Network, request: NetworkRunRequest, run: NetworkRun): void {
  print(heading(name));
  print(
    fields([
      ['cells', count(cellsOf(network))],
      ['synapses', count(synapsesOf(network))],
      ['time', `${request.ms} ms in steps of ${network.dtMs} ms, ${request.engine}, seed ${request.seed}`],
      ['spikes', count(run.populations.reduce((sum, { spikes }) => sum + spikes, 0))],
    ]),
  );
  const rows = run.populations.map((population) => [
    population.name,
    population.model,
    population.cells,
    population.spikes,
    figure(population.rateHz),
    cvText(population.cv),
    population.cvCells,
  ]);
  const columns = [
    'population',
    'model',
    'cells',
    'spikes',
    'rate (Hz)',
    'CV of intervals',
    'cells with a CV',
  ];
  print(`\n${table(columns, rows)}`);
  if (network.projections.length === 0) return;
  const projections = network.projections.map(({ name: own, from, to, port, post, plasticity }) => [
    ...[own, from, to, port, post.length],
    plasticity?.rule.name ?? '-',
  ]);
  print(`\n${table(['projection', 'from', 'to', 'port', 'synapses', 'rule'], projections)}`);
}

export const networks = new Command('networks')
  .summary('list the benchmark networks, or run one of them or of your own')
  .description(
    'Lists the benchmark networks; runs one of them, or a network of your own from its file ("format": "network/1", as ' +
      'saveNetwork of the library writes it), undriven from its start: populations, synapses, rates, the CV of the intervals between spikes ' +
      '(mean over the cells with three spikes or more), and a raster with --plot. docs/networks.md describes networks.',
  )
  .argument('[name]', 'a benchmark network by name, or the path of a file')
  .option('--ms <n>', 'how long (ms)', positiveNumber, 500)
  .option(
    '-p, --plot <file>',
    'draw spikes and rates into this file, as PNG or SVG by its ending',
    pictureFile,
  )
  .addOption(
    new Option('--engine <name>', 'compiled in float32 or float64, or the reference simulator')
      .choices(['f32', 'f64', 'reference'] as const)
      .default('f64' as const),
  )
  .option(
    '--seed <n>',
    'what the noise, and the wiring of a benchmark network, derive from',
    wholeNumber(0),
    1,
  )
  .option(
    '--export <file>',
    'write the network as a JSON file, or as a script (--as), with a file of arrays beside it',
  )
  .addOption(
    new Option(
      '--as <what>',
      'what --export writes: a network file, or a script for a simulator that runs --ms',
    )
      .choices(['json', ...simulatorNames] as const)
      .default('json' as const),
  )
  .option(
    '--noise',
    'with a script: random numbers are those of this seed, read from the file of arrays, so that lives can be compared',
  )
  .option(...forceOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    const { ms, engine, seed, plot } = options;
    if (name === undefined) {
      const given = (['plot', 'export'] as const).find((option) => options[option] !== undefined);
      if (given) throw new UsageError(`--${given} needs a network: baldwin networks NAME --${given} FILE`);
      list(options.json);
      return;
    }
    const network = networkOf(name, seed);
    if (options.noise && options.as === 'json') {
      throw new UsageError('--noise is for scripts: say which with --as.');
    }
    if (options.as !== 'json' && options.export === undefined) {
      throw new UsageError(`--as ${options.as} says what --export writes: give --export FILE.py.`);
    }
    if (options.export !== undefined) {
      exportTo(name, network, options.export, options);
      return;
    }
    if (engine !== 'reference') await loadAssembler();
    const request = { ms, engine, seed };
    const run = runNetwork(network, request);
    if (run.notFinite.length > 0) {
      notice(
        `${name}: ${run.notFinite.join(', ')} did not stay finite. Try a smaller dtMs (now ${network.dtMs}), or another integrator.`,
      );
    }
    const { populations } = run;
    const subtitle = `${count(cellsOf(network))} cells, ${count(synapsesOf(network))} synapses, seed ${seed}`;
    await drawInto(plot, () => rasterFigure({ title: name, subtitle, ms, populations }));
    if (!options.json) {
      report(name, network, request, run);
      if (plot !== undefined) print(`picture: ${plot}`);
      return;
    }
    printJson({
      name,
      dtMs: network.dtMs,
      ...request,
      cells: cellsOf(network),
      synapses: synapsesOf(network),
      populations: populations.map(({ spikesMs: _, ...population }) => population),
      projections: network.projections.map(({ name: own, from, to, port, post, plasticity }) => ({
        ...{ name: own, from, to, port, synapses: post.length },
        rule: plasticity?.rule.name ?? null,
      })),
      notFinite: run.notFinite,
      ...(plot === undefined ? {} : { picture: plot }),
    });
  });
