import { Command } from '@commander-js/extra-typings';
import { anyStrategy, loadPreset, presetNames } from '../evolve/presets.js';
import { isModulePath } from '../spec/parts/module-files.js';
import { loadPart, partOf } from '../spec/parts/part.js';
import { strategyParts } from '../strategies/parts.js';
import type { Takes } from '../strategies/strategy.js';
import { rules } from '../strategies/which.js';
import { describeOptions, schemaOf } from './describe-options.js';
import { jsonOption } from './options.js';
import { faint, heading, print, printJson, table } from './output.js';

/** What a strategy can search, in words. */
const takesText = ({ integers, objectives, constraints, mostGenes, behaviour, injected, warmStart }: Takes) =>
  [
    integers === 'ordered'
      ? 'real genes and ordered integers'
      : integers
        ? 'real and integer genes'
        : 'real genes',
    ...(mostGenes === undefined ? [] : [`at most ${mostGenes} of them`]),
    Number.isFinite(objectives)
      ? `${objectives} objective${objectives === 1 ? '' : 's'}`
      : 'any number of objectives',
    constraints ? 'constraints' : 'no constraints',
    ...(typeof behaviour === 'function'
      ? ['behaviour measures that the task declares, where options ask for them']
      : behaviour
        ? ['behaviour measures that the task declares']
        : []),
    ...(injected ? ['genomes from outside (--inject)'] : []),
    ...(warmStart ? ['a warm start (--warm-start)'] : []),
  ].join(', ');

const whichever = `by genes, budget, noise, objectives and limits; "baldwin strategies ${anyStrategy}" shows how.`;
const decisions = rules.map(({ preset, when, because }) => ({ preset, when, because }));

/** How a run is given its strategy where it leaves that open. */
function showDecisions(json: boolean | undefined): void {
  if (json) {
    printJson({ auto: decisions });
    return;
  }
  print(
    `${heading(anyStrategy)}: the first line that holds decides; docs/which-strategy.md has the studies.\n`,
  );
  print(
    table(
      ['where', 'strategy', 'because'],
      decisions.map(({ when, preset, because }) => [when, preset, because]),
    ),
  );
}

export const strategies = new Command('strategies')
  .summary('list the strategies, or show the parameters of one')
  .argument('[name]', 'a strategy preset, or the module of one of your own')
  .option(...jsonOption)
  .action(async (name, options) => {
    if (name === undefined) {
      const listed = presetNames().map((preset) => {
        const { strategy, about } = loadPreset(preset);
        return { name: preset, strategy: strategy.name, about };
      });
      const any = { name: anyStrategy, strategy: '-', about: `The one that fits the run: ${whichever}` };
      if (options.json) printJson({ strategies: listed, auto: decisions });
      else
        print(
          table(
            ['preset', 'strategy', 'about'],
            [any, ...listed].map((row) => [row.name, row.strategy, row.about]),
          ),
        );
      return;
    }
    if (name === anyStrategy) {
      showDecisions(options.json);
      return;
    }
    const preset = isModulePath(name) ? undefined : loadPreset(name);
    const spec = preset ? preset.strategy : await loadPart(strategyParts, { name }, 'command line');
    const { summary, source, takes, options: schema } = partOf(strategyParts, spec);
    if (options.json) {
      // JSON has no infinity: a strategy that makes use of no objective takes any number of them.
      const mostObjectives = Number.isFinite(takes.objectives) ? takes.objectives : null;
      printJson({
        ...(preset ?? { name: spec.name, strategy: spec }),
        summary,
        source,
        takes: { ...takes, objectives: mostObjectives },
        schema: schemaOf(schema),
      });
      return;
    }
    print(
      `${heading(preset?.name ?? spec.name)}: ${preset?.about ?? summary}\n${faint(`source: ${source}`)}\n`,
    );
    print(describeOptions(schema, 'strategy.'));
    print(`\ntakes: ${takesText(takes)}`);
    if (!preset) return;
    print(`\n${heading('as the preset has it')}`);
    print(
      JSON.stringify(
        {
          strategy: preset.strategy,
          objective: preset.objective,
          seeds: preset.seeds,
          budget: preset.budget,
        },
        null,
        2,
      ),
    );
  });
