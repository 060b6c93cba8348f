import { Command } from '@commander-js/extra-typings';
import { type PortRequest, portResponse } from '../inspect/port-experiment.js';
import { formatModelFile, loadPortModel, portModelNames } from '../network/files/model-file.js';
import type { PortModel } from '../network/model/model.js';
import { responseFigure } from '../report/figures/response.js';
import { UsageError } from '../spec/errors.js';
import { drawInto } from './draw-into.js';
import { documentOf, explain, parametersFrom, readable } from './models.js';
import { collect, jsonOption, pictureFile, positiveNumber, wholeNumber } from './options.js';
import { print, printJson, table } from './output.js';
import { forceOption, writeNew } from './output-file.js';

/** What a synapse does to its cell, in a few words. */
function effectOf({ current, receives, sends, state, onFire }: PortModel): string {
  if (sends !== undefined) return 'current, without spikes';
  if (current !== undefined) return 'current';
  if (receives !== undefined && !Object.hasOwn(state, receives)) return `adds to ${receives}`;
  return onFire === undefined ? 'none' : 'sees spikes';
}

async function draw(model: PortModel, file: string, request: PortRequest): Promise<void> {
  const data = portResponse(model, request);
  if (data.states.length === 0) throw new UsageError(`${model.name}: there is nothing to draw.`);
  await drawInto(file, () => responseFigure(data));
}

const command = (kind: 'synapse' | 'input', plural: 'synapses' | 'inputs', what: string) =>
  new Command(plural)
    .summary(`list the ${what}, or show the equations and parameters of one`)
    .description(
      `Lists the ${what}, built-in ones and those in ./${plural}, or explains one. Your own are ` +
        `JSON files, "format": "${kind}-model/1"; docs/equations.md describes the language.`,
    )
    .argument('[name]', `one of the ${what}, by name or by the path of a file`)
    .option(
      '-p, --plot <file>',
      `draw what ${kind === 'synapse' ? 'one spike does' : 'it gives'} into this file, as PNG or SVG by its ending`,
      pictureFile,
    )
    .option('--set <parameter=value>', 'another value of a parameter, for --plot; repeatable', collect)
    .option('--ms <n>', 'how long (ms), for --plot', positiveNumber)
    .option('--dt <n>', 'the step (ms), for --plot', positiveNumber)
    .option('--seed <n>', 'what the noise derives from, for --plot (default: 1)', wholeNumber(0))
    .option('--export <file>', `write it as a JSON file, to start your own from`)
    .option(...forceOption)
    .option(...jsonOption)
    .action(async (name, options) => {
      const load = (each: string) => loadPortModel(kind, each);
      if (name !== undefined) {
        const model = load(name);
        if (options.export !== undefined) {
          writeNew([{ path: options.export, text: formatModelFile(model, kind) }], options.force);
          if (options.json) printJson({ exported: options.export });
          else print(options.export);
          return;
        }
        if (options.plot !== undefined) {
          await draw(model, options.plot, {
            parameters: parametersFrom(options.set),
            dtMs: options.dt,
            durationMs: options.ms,
            seed: options.seed,
          });
          if (options.json) printJson({ picture: options.plot });
          else print(`picture: ${options.plot}`);
          return;
        }
        if (options.json) printJson(documentOf(model));
        else {
          print(explain(model));
          if (model.weightUnit !== undefined) print(`\nweights in ${model.weightUnit}`);
        }
        return;
      }
      if (options.export !== undefined) {
        throw new UsageError(`--export needs one of the ${plural}: baldwin ${plural} NAME --export FILE`);
      }
      if (options.plot !== undefined) {
        throw new UsageError(`--plot needs one of the ${plural}: baldwin ${plural} NAME --plot FILE`);
      }
      const listed = readable(portModelNames(kind), load).map(({ name: each, model }) => ({
        name: each,
        states: Object.keys(model.state),
        effect: effectOf(model),
        summary: model.summary,
      }));
      if (options.json) printJson({ [plural]: listed });
      else
        print(
          table(
            ['name', 'states', 'effect', 'summary'],
            listed.map((row) => [row.name, row.states.join(' '), row.effect, row.summary]),
          ),
        );
    });

export const synapses = command('synapse', 'synapses', 'synapses');
export const inputs = command('input', 'inputs', 'inputs that drive cells');
