import { Command } from '@commander-js/extra-typings';
import { benchRules } from '../bench/rules.js';
import { jsonOption, wholeNumber } from './options.js';
import { fields, heading, notice, print, printJson, table } from './output.js';

export const benchRulesCommand = new Command('rules')
  .summary('what rules cost whose form evolved, beside built-in ones that say the same')
  .description(
    'Lives by a built-in rule and by an evolved one that says the same, in turn; brings in rules that nobody lived by; and ' +
      'searches with cgp, all in one thread.',
  )
  .option('--pairs <n>', 'pairs of lives, and rules that are brought in', wholeNumber(2), 40)
  .option('--candidates <n>', 'candidates of the search', wholeNumber(4), 400)
  .option(...jsonOption)
  .action(async ({ pairs, candidates, json }) => {
    const found = await benchRules({ pairs, candidates, onNotice: notice });
    if (json) {
      printJson(found);
      return;
    }
    const { search } = found;
    print(heading('A life in ms, and a new rule in ms: medians'));
    print(
      table(
        ['task', 'built in', 'evolved', 'evolved / built in', 'a new rule', 'the slowest of'],
        found.tasks.map((of) => [
          of.task,
          of.builtInMs.toFixed(1),
          of.evolvedMs.toFixed(1),
          of.ratio.toFixed(3),
          of.bringInMs.median.toFixed(1),
          `${of.bringInMs.worst.toFixed(1)} (${of.rules})`,
        ]),
      ),
    );
    print(
      fields([
        ['cgp', `${search.candidatesPerSecond.toFixed(1)} candidates a second on ${search.task}`],
        ['', `${search.lived} of ${search.candidates} lived: the others say what had been lived`],
        ['machine', found.machine],
      ]),
    );
  });
