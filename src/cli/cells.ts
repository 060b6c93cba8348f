import { Command, Option } from '@commander-js/extra-typings';
import { extent } from '../figure/range.js';
import {
  compareWithExpected,
  currentFrequency,
  type Engine,
  type Experiment,
  type ExperimentRequest,
  expectationText,
  type Frequencies,
  inputUnit,
  integratorOf,
  runExperiment,
  settleExperiment,
  type Trial,
} from '../inspect/cell-experiment.js';
import { responseOf } from '../inspect/response.js';
import { loadAssembler } from '../kernel/assemble.js';
import { cellModelNames, formatModelFile, loadCellModel } from '../network/files/model-file.js';
import type { CellModel } from '../network/model/model.js';
import { responseFigure } from '../report/figures/response.js';
import { UsageError } from '../spec/errors.js';
import { drawInto } from './draw-into.js';
import {
  documentOf,
  explain,
  parametersFrom,
  readable,
  typeRows,
  unitOf,
  withoutInfinity,
} from './models.js';
import { collect, jsonOption, pictureFile, positiveNumber, wholeNumber } from './options.js';
import { faint, fields, heading, notice, print, printJson, table } from './output.js';
import { forceOption, writeNew } from './output-file.js';

interface Options {
  plot?: string | undefined;
  run?: true | undefined;
  protocol?: string | undefined;
  current?: string | undefined;
  type?: string | undefined;
  set?: string[] | undefined;
  ms?: number | undefined;
  dt?: number | undefined;
  integrator?: string | undefined;
  engine?: Engine | undefined;
  seed?: number | undefined;
  json?: true | undefined;
}

const requestOf = (options: Options): ExperimentRequest => ({
  protocol: options.protocol,
  current: options.current,
  type: options.type,
  parameters: parametersFrom(options.set),
  dtMs: options.dt,
  durationMs: options.ms,
  integrator: options.integrator === undefined ? undefined : integratorOf(options.integrator),
  engine: options.engine,
  seed: options.seed,
});

function list(json: true | undefined): void {
  const listed = readable(cellModelNames(), loadCellModel).map(({ name, model }) => ({
    name,
    states: Object.keys(model.state),
    integrator: model.equations === undefined ? null : (model.integrator ?? 'euler'),
    types: Object.keys(model.types ?? {}),
    protocols: Object.keys(model.protocols ?? {}),
    summary: model.summary,
  }));
  if (json) {
    printJson({ cells: listed });
    return;
  }
  print(
    table(
      ['name', 'states', 'integrator', 'summary'],
      listed.map((row) => [row.name, row.states.join(' '), row.integrator ?? '', row.summary]),
    ),
  );
}

function show(model: CellModel): void {
  print(explain(model));
  if (model.integrator !== undefined || model.equations !== undefined) {
    print(`\nintegrator: ${model.integrator ?? 'euler'}`);
  }
  if (model.currentUnit !== undefined) print(`current in ${model.currentUnit}`);
  const types = typeRows(model);
  if (types.length > 0) print(`\n${table(['type', 'parameters', 'meaning'], types)}`);
  const protocols = Object.entries(model.protocols ?? {});
  if (protocols.length === 0) return;
  const rows = protocols.map(([name, { about, type, durationMs, expect }]) => [
    name,
    type ?? '',
    `${durationMs}`,
    expectationText(expect),
    about,
  ]);
  print(`\n${table(['protocol', 'type', 'ms', 'expected', 'meaning'], rows)}`);
}

const round = (value: number) => Number(value.toPrecision(6));

function rangesOf({ model }: Experiment, { states }: Trial) {
  return Object.entries(states).map(([name, values]) => {
    const found = extent([values]);
    return {
      name,
      unit: model.state[name]!.unit,
      min: found?.low ?? null,
      max: found?.high ?? null,
      last: values.at(-1) ?? null,
      finite: values.every(Number.isFinite),
    };
  });
}

function report(experiment: Experiment, trial: Trial, frequencies: Frequencies | undefined): void {
  const { model, protocol, type, current, dtMs, durationMs, engine } = experiment;
  print(`${heading(model.name)}: ${experiment.about}`);
  print(
    fields([
      ...(protocol === undefined ? [] : ([['protocol', protocol]] as const)),
      ...(type === undefined ? [] : ([['type', type]] as const)),
      ...(current === undefined ? [] : ([['input', `${current}  (${inputUnit(experiment)})`]] as const)),
      ['time', `${durationMs} ms in steps of ${dtMs} ms, ${model.integrator ?? 'euler'}, ${engine}`],
      ['spikes', `${trial.spikesMs.length}, ${round(trial.rateHz)} Hz`],
      ...(trial.spikesMs.length === 0 ? [] : ([['times (ms)', timesText(trial.spikesMs)]] as const)),
      ...rangesOf(experiment, trial).map(
        ({ name, unit, min, max }) =>
          [name, min === null ? 'not a number' : `${round(min)} to ${round(max!)} ${unitOf(unit)}`] as const,
      ),
    ]),
  );
  const onset = frequencies?.ratesHz.findIndex((rate) => rate > 0) ?? -1;
  if (frequencies && onset > 0) {
    print(
      faint(
        `fires under a constant input from about ${Number(frequencies.currents[onset]!.toPrecision(2))} ${inputUnit(experiment)}`,
      ),
    );
  }
  for (const { met, text } of compareWithExpected(experiment, trial))
    print(`${met ? 'as expected' : 'NOT as expected'}: ${text}`);
}

function timesText(times: readonly number[]): string {
  const most = 200;
  const shown = times.slice(0, most).map((time) => String(round(time)));
  return `${shown.join(' ')}${times.length > most ? ` … (${times.length} in all; --json has them)` : ''}`;
}

function warnWhereNotFinite(experiment: Experiment, trial: Trial): void {
  const lost = rangesOf(experiment, trial).find(({ finite }) => !finite);
  if (!lost) return;
  notice(
    `${experiment.model.name}: ${lost.name} does not stay finite. Try a smaller step (--dt, now ${experiment.dtMs} ms) ` +
      'or another integrator.',
  );
}

function warnBeyondReach({ model, dtMs }: Experiment, { timesMs, beyondReach }: Trial): void {
  if (beyondReach === 0) return;
  notice(
    `${model.name}: ${beyondReach} of ${timesMs.length} steps lead where ${model.integrator ?? 'euler'} overshoots further with ` +
      `every step of ${dtMs} ms, so what follows may be wrong. Try a smaller step (--dt) or --integrator exponential-euler.`,
  );
}

async function run(model: CellModel, source: string, options: Options): Promise<void> {
  const experiment = settleExperiment(model, requestOf(options), source);
  await loadAssembler();
  const trial = runExperiment(experiment);
  warnWhereNotFinite(experiment, trial);
  warnBeyondReach(experiment, trial);
  const { plot } = options;
  const frequencies = plot === undefined ? undefined : currentFrequency(experiment);
  await drawInto(plot, () => {
    const unit = inputUnit(experiment);
    const curve = frequencies ? { frequencies: { unit, ...frequencies } } : {};
    return responseFigure({ ...responseOf(experiment, trial), ...curve });
  });
  if (!options.json) {
    report(experiment, trial, frequencies);
    if (plot !== undefined) print(`picture: ${plot}`);
    return;
  }
  const { model: _, about, expect, ...choices } = experiment;
  const compared = compareWithExpected(experiment, trial);
  printJson(
    withoutInfinity({
      name: model.name,
      about,
      ...choices,
      integrator: experiment.model.integrator ?? 'euler',
      inputUnit: inputUnit(experiment),
      spikes: trial.spikesMs.length,
      rateHz: trial.rateHz,
      spikesMs: trial.spikesMs,
      states: Object.fromEntries(rangesOf(experiment, trial).map(({ name, ...range }) => [name, range])),
      ...(expect ? { expect, asExpected: compared.every(({ met }) => met), compared } : {}),
      ...(frequencies
        ? {
            frequencies: [...frequencies.currents].map((current, i) => ({
              current,
              rateHz: frequencies.ratesHz[i],
            })),
          }
        : {}),
      ...(plot === undefined ? {} : { picture: plot }),
    }),
  );
}

const runOptions = [
  'plot',
  'run',
  'protocol',
  'current',
  'type',
  'set',
  'ms',
  'dt',
  'integrator',
  'engine',
  'seed',
] as const;

export const cells = new Command('cells')
  .summary('list the cell models, explain one, or run a cell and draw it')
  .description(
    'Lists the cell models that come with the program and those in ./cells, or explains one: equations, parameters, ' +
      'types, protocols. With --run, --plot, --protocol or --current it runs one cell under an input. ' +
      'Your own are JSON files, "format": "cell-model/1"; docs/equations.md describes the language. Without an input, ' +
      "it takes the model's first protocol, or else a step at which the cell fires at a moderate rate.",
  )
  .argument('[name]', 'a cell model by name or by the path of a file')
  .option(
    '-p, --plot <file>',
    'draw the response into this file, as PNG or SVG by its ending: states, spikes, input, rate by input',
    pictureFile,
  )
  .option('--run', 'run it and print the spikes')
  .option('--protocol <name>', "one of the model's experiments")
  .option(
    '--current <expression>',
    'the input over t (ms), such as "if(t > 50, 0.3, 0)"; gaussian() makes noise',
  )
  .option('--type <name>', "one of the model's named sets of parameters")
  .option('--set <parameter=value>', 'another value of a parameter; repeatable', collect)
  .option('--ms <n>', 'how long (ms)', positiveNumber)
  .option('--dt <n>', 'the step (ms)', positiveNumber)
  .option('--integrator <name>', 'how the equations are stepped')
  .addOption(
    new Option(
      '--engine <name>',
      'compiled in float32 or float64, or the reference simulator (default: f64)',
    ).choices(['f32', 'f64', 'reference'] as const),
  )
  .option('--seed <n>', 'what the noise derives from (default: 1)', wholeNumber(0))
  .option('--export <file>', 'write the model as a JSON file, to start your own from')
  .option(...forceOption)
  .option(...jsonOption)
  .action(async (name, options) => {
    const given = runOptions.filter((option) => options[option] !== undefined);
    if (name === undefined) {
      if (given.length > 0 || options.export !== undefined) {
        throw new UsageError(
          `--${given[0] ?? 'export'} needs a cell model: baldwin cells NAME --${given[0] ?? 'export'} …`,
        );
      }
      list(options.json);
      return;
    }
    const model = loadCellModel(name);
    if (options.export !== undefined) {
      writeNew([{ path: options.export, text: formatModelFile(model, 'cell') }], options.force);
      if (options.json) printJson({ exported: options.export });
      else print(options.export);
      return;
    }
    if (given.length > 0) await run(model, name, options);
    else if (options.json) printJson(documentOf(model));
    else show(model);
  });
