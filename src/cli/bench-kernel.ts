import { Command } from '@commander-js/extra-typings';
import {
  benchKernel,
  type KernelCase,
  kernelCaseNames,
  type ScanPoint,
  scanKernel,
} from '../bench/kernel.js';
import { benchLearning } from '../bench/learning-parts.js';
import { suggest, UsageError } from '../spec/errors.js';
import { collect, jsonOption, positiveNumber, wholeNumber } from './options.js';
import { count, faint, heading, notice, print, printJson, table } from './output.js';

/** Three digits that count. */
const short = (value: number) =>
  value >= 100 ? count(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

const millions = (value: number | null) => (value === null ? '' : short(value / 1e6));

function caseRows(cases: readonly KernelCase[]): string[][] {
  return cases.map((row) => {
    const of = (engine: string) =>
      cases.find(({ name, engine: other }) => name === row.name && other === engine)
        ?.simulatedSecondsPerSecond;
    const ratio = (other: number | undefined) =>
      other === undefined ? '' : short(row.simulatedSecondsPerSecond / other);
    return [
      row.name,
      `${row.engine} ${row.precision}`,
      row.rateHz.toFixed(1),
      short(row.simulatedSecondsPerSecond),
      ratio(of('reference')),
      ratio(of('plain')),
      ratio(of('c')),
      millions(row.synapticEventsPerSecond),
      row.compileMs === null ? '' : row.compileMs.toFixed(1),
    ];
  });
}

function scanRows(points: readonly ScanPoint[]): string[][] {
  return points.map((point) => [
    count(point.cells),
    count(point.synapses),
    point.rateHz.toFixed(1),
    short(point.simulatedSecondsPerSecond),
    millions(point.synapticEventsPerSecond),
    point.nanosecondsPerCellStep.toFixed(2),
    point.nanosecondsPerSynapticEvent?.toFixed(2) ?? '',
    point.compileMs.toFixed(1),
    point.buildMs.toFixed(0),
  ]);
}

export const benchKernelCommand = new Command('kernel')
  .summary('simulated seconds a second of networks, beside the reference, plain JavaScript and C')
  .description(
    'Simulated seconds a second on one core: the compiled engine in float32 and float64, the reference simulator, plain ' +
      'JavaScript over typed arrays and, where gcc is present, C. With --scan random networks of 100 to 100,000 cells ' +
      'and up to ten million synapses instead; with --learning what each part of plasticity and modulation costs.',
  )
  .option('--case <name>', `one of ${kernelCaseNames.join(', ')}; repeat for several`, collect)
  .option('--seconds <s>', 'for each measurement', positiveNumber, 1)
  .option('--rounds <n>', 'rounds; medians are reported', wholeNumber(1), 5)
  .option('--scan', 'scan sizes instead')
  .option('--learning', 'what each part of learning and modulation costs instead')
  .option(...jsonOption)
  .action(async (options) => {
    if (options.scan && options.learning) throw new UsageError('--scan and --learning: one at a time.');
    if (options.learning) {
      const { machine, parts } = await benchLearning(options.seconds, options.rounds, notice);
      if (options.json) {
        printJson({ machine, parts });
        return;
      }
      print(heading('rstdp-302 in float32, one core'));
      print(
        table(
          ['what learns', 'Hz', 'simulated s/s', 'time'],
          parts.map(({ name, rateHz, simulatedSecondsPerSecond, relativeCost }) => [
            name,
            rateHz.toFixed(1),
            short(simulatedSecondsPerSecond),
            relativeCost.toFixed(2),
          ]),
        ),
      );
      print(faint(machine));
      return;
    }
    if (options.scan) {
      const scan = await scanKernel(options.seconds, notice);
      if (options.json) {
        printJson(scan);
        return;
      }
      print(heading('Random networks in float32, one core'));
      print(
        table(
          [
            'cells',
            'synapses',
            'Hz',
            'simulated s/s',
            '10^6 events/s',
            'ns a cell',
            'ns an event',
            'compile ms',
            'build ms',
          ],
          scanRows(scan.points),
        ),
      );
      print(faint(scan.machine));
      return;
    }
    const wanted = options.case ?? kernelCaseNames;
    for (const name of wanted) {
      if (!kernelCaseNames.includes(name)) {
        throw new UsageError(`Unknown case "${name}". ${suggest(name, kernelCaseNames)}`);
      }
    }
    const result = await benchKernel({
      seconds: options.seconds,
      rounds: options.rounds,
      cases: wanted,
      onNotice: notice,
    });
    if (options.json) {
      printJson(result);
      return;
    }
    print(heading('Simulated seconds a second, one core'));
    print(
      table(
        [
          'network',
          'engine',
          'Hz',
          'simulated s/s',
          'x reference',
          'x plain',
          'x C',
          '10^6 events/s',
          'compile ms',
        ],
        caseRows(result.cases),
      ),
    );
    print(faint(result.machine));
  });
