import { Command } from '@commander-js/extra-typings';
import type { PortModel } from '../network/model.js';
import { loadPortModel, portModelNames } from '../network/model-file.js';
import { documentOf, explain, readable } from './models.js';
import { jsonOption } from './options.js';
import { print, printJson, table } from './output.js';

/** What a synapse does to its cell, in a few words. */
function effectOf({ current, receives, sends, state }: PortModel): string {
  if (sends !== undefined) return 'current, without spikes';
  if (current !== undefined) return 'current';
  return receives !== undefined && !Object.hasOwn(state, receives) ? `adds to ${receives}` : 'none';
}

const command = (kind: 'synapse' | 'input', plural: 'synapses' | 'inputs', what: string) =>
  new Command(plural)
    .summary(`list the ${what}, or show the equations and parameters of one`)
    .description(
      `Lists the ${what} that come with the program and those in ./${plural}, or explains one. Your own are ` +
        `JSON files, "format": "${kind}-model/1"; docs/equations.md describes the language.`,
    )
    .argument('[name]', `one of the ${what}, by name or by the path of a file`)
    .option(...jsonOption)
    .action((name, options) => {
      const load = (each: string) => loadPortModel(kind, each);
      if (name !== undefined) {
        const model = load(name);
        if (options.json) printJson(documentOf(model));
        else {
          print(explain(model));
          if (model.weightUnit !== undefined) print(`\nweights in ${model.weightUnit}`);
        }
        return;
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
