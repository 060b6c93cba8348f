import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble, loadAssembler } from '../kernel/assemble.js';
import { CompiledSimulator } from '../kernel/compiled.js';
import type { Precision } from '../kernel/layout.js';
import { programOf } from '../kernel/program.js';
import { ReferenceSimulator } from '../kernel/reference.js';
import type { Simulator } from '../kernel/simulator.js';
import { moduleText } from '../kernel/wat/module.js';
import { deriveSeed } from '../math/seed.js';
import { median } from '../math/statistics.js';
import { benchmarkNetworks } from '../network/build/benchmarks.js';
import type { Network } from '../network/model/network.js';
import { outDegrees } from '../network/model/out-degrees.js';
import { type CProgram, compileC } from './compile-c.js';
import { rstdp302, scanned } from './kernel-networks.js';
import { plainCases } from './kernel-plain.js';
import { machineName } from './machine.js';

export type KernelEngine = 'reference' | 'plain' | 'wasm' | 'c';

export interface KernelCase {
  name: string;
  engine: KernelEngine;
  precision: Precision;
  /** Spikes a second and cell. */
  rateHz: number;
  simulatedSecondsPerSecond: number;
  /** Spikes times the synapses of their cells, a second of wall time; null where an engine does not count them. */
  synapticEventsPerSecond: number | null;
  /** A new structure, from the network to a module that runs; null where nothing is compiled. */
  compileMs: number | null;
}

export interface KernelBenchOptions {
  /** For each measurement. */
  seconds: number;
  rounds: number;
  cases: readonly string[];
  onNotice?: (message: string) => void;
}

/** Noise of rstdp-302 at three rates. */
const noises = { 'rstdp-302 at 6 Hz': 5.3, 'rstdp-302 at 20 Hz': 12, 'rstdp-302 at 45 Hz': 26 } as const;

/** The cases, by name. */
const networks: Readonly<Record<string, () => Network>> = {
  ...Object.fromEntries(
    Object.entries(noises).map(([name, noise]) => [name, () => rstdp302('bench', noise)]),
  ),
  'izhikevich-1000': () => benchmarkNetworks['izhikevich-1000']('bench'),
  'cuba-4000': () => benchmarkNetworks['cuba-4000']('bench'),
};

export const kernelCaseNames = Object.keys(networks);

const noOutputs = new Float64Array(0);

/** Runs a simulator for some seconds of wall time, with a reward every two seconds where there is dopamine. */
export function simulate(simulator: Simulator, seconds: number, degrees: Int32Array) {
  const { network } = simulator;
  simulator.load({ seed: deriveSeed('bench kernel') });
  const chunk = Math.round(250 / network.dtMs);
  const rewards = Object.hasOwn(network.modulators, 'DA');
  const small = simulator instanceof ReferenceSimulator ? Math.max(1, Math.round(chunk / 25)) : chunk;
  let steps = 0;
  const began = performance.now();
  do {
    if (rewards && Math.floor(steps / 2000) !== Math.floor((steps - small) / 2000))
      simulator.release('DA', 0.5);
    simulator.run(small, noOutputs, noOutputs);
    steps += small;
  } while (performance.now() - began < seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  const simulated = (steps * network.dtMs) / 1000;
  const counts = simulator.spikeCounts();
  const events = counts.reduce((sum, spikes, cell) => sum + spikes * degrees[cell]!, 0);
  return {
    rateHz: simulator.spikeCount / counts.length / simulated,
    simulatedSecondsPerSecond: simulated / elapsed,
    synapticEventsPerSecond: events / elapsed,
  };
}

/** Milliseconds from a network's equations to a module, for structures that were not met before. */
function compileMs(network: Network, precision: Precision): number {
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    // Another step is another text, so that nothing is found compiled already.
    const program = { ...programOf(network), network: { ...network, dtMs: network.dtMs * (1 + i * 1e-9) } };
    const began = performance.now();
    assemble(moduleText(program, precision, []).wat);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** Which C case a name belongs to, and its argument. */
const cArguments = (name: string): (string | number)[] =>
  Object.hasOwn(noises, name) ? ['rstdp-302', noises[name as keyof typeof noises]] : [name];

/**
 * Simulated seconds a second of every engine on every case, on one core. Within each round everything is measured in
 * turn, so that ratios hold on a machine whose speed drifts; medians are reported.
 */
export async function benchKernel(
  options: KernelBenchOptions,
): Promise<{ machine: string; cases: KernelCase[] }> {
  await loadAssembler();
  const folder = mkdtempSync(join(tmpdir(), 'baldwin-bench-'));
  try {
    const c = compileC('kernel', folder);
    if (!c) options.onNotice?.('No C compiler was found: there is no comparison with C.');
    const cases = options.cases.flatMap((name) => {
      options.onNotice?.(`${name} …`);
      return benchCase(name, c, options);
    });
    return { machine: machineName(), cases };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchCase(
  name: string,
  c: CProgram | undefined,
  { seconds, rounds }: KernelBenchOptions,
): KernelCase[] {
  const network = networks[name]!();
  const degrees = outDegrees(network);
  const [program, noise] = cArguments(name);
  type Run = () => Pick<KernelCase, 'rateHz' | 'simulatedSecondsPerSecond' | 'synapticEventsPerSecond'>;
  const engines: { engine: KernelEngine; precision: Precision; compileMs: number | null; run: Run }[] = [];
  for (const precision of ['f32', 'f64'] as const) {
    const simulator = new CompiledSimulator(network, { precision, varies: [] });
    engines.push({
      engine: 'wasm',
      precision,
      compileMs: compileMs(network, precision),
      run: () => simulate(simulator, seconds, degrees),
    });
  }
  const reference = new ReferenceSimulator(network);
  engines.push({
    engine: 'reference',
    precision: 'f64',
    compileMs: null,
    run: () => simulate(reference, seconds, degrees),
  });
  engines.push({
    engine: 'plain',
    precision: 'f64',
    compileMs: null,
    run: () => ({
      ...plainCases[String(program)]!(seconds, Number(noise ?? 0)),
      synapticEventsPerSecond: null,
    }),
  });
  if (c) {
    engines.push({
      engine: 'c',
      precision: 'f32',
      compileMs: null,
      run: () => {
        const [rateHz, rate] = c(String(program), seconds, ...(noise === undefined ? [] : [noise]));
        return { rateHz: rateHz!, simulatedSecondsPerSecond: rate!, synapticEventsPerSecond: null };
      },
    });
  }
  for (const { run } of engines) run();
  const results = engines.map(() => [] as ReturnType<Run>[]);
  for (let round = 0; round < rounds; round++) {
    engines.forEach(({ run }, i) => {
      results[i]!.push(run());
    });
  }
  return engines.map(({ engine, precision, compileMs: ms }, i) => {
    const of = results[i]!;
    const events = of.map(({ synapticEventsPerSecond }) => synapticEventsPerSecond);
    return {
      name,
      engine,
      precision,
      rateHz: median(of.map(({ rateHz }) => rateHz)),
      simulatedSecondsPerSecond: median(of.map((result) => result.simulatedSecondsPerSecond)),
      synapticEventsPerSecond: events.every((value) => value !== null) ? median(events as number[]) : null,
      compileMs: ms,
    };
  });
}

export interface ScanPoint {
  cells: number;
  synapses: number;
  rateHz: number;
  simulatedSecondsPerSecond: number;
  synapticEventsPerSecond: number;
  /** Of what is left once the cells' own updates are taken off; null where that is too little to be measured. */
  nanosecondsPerSynapticEvent: number | null;
  nanosecondsPerCellStep: number;
  compileMs: number;
  buildMs: number;
}

/** Random networks from 100 to 100,000 cells and from 10^3 to 10^7 synapses, in float32. */
export async function scanKernel(
  seconds: number,
  onNotice?: (message: string) => void,
): Promise<{ machine: string; points: ScanPoint[] }> {
  await loadAssembler();
  const points: ScanPoint[] = [];
  for (const cells of [100, 1_000, 10_000, 100_000]) {
    let perCellStep = 0;
    for (const synapses of [cells, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]) {
      // The first has one synapse a cell: what its steps cost is the cells' own.
      if (
        synapses < cells ||
        synapses > cells * cells ||
        (synapses === cells && points.at(-1)?.cells === cells)
      ) {
        continue;
      }
      onNotice?.(`${cells} cells, ${synapses} synapses …`);
      const network = scanned('bench', cells, synapses);
      const began = performance.now();
      const simulator = new CompiledSimulator(network, { varies: [] });
      const buildMs = performance.now() - began;
      const degrees = outDegrees(network);
      simulate(simulator, seconds / 2, degrees);
      const runs = [0, 1, 2].map(() => simulate(simulator, seconds, degrees));
      const result = runs.sort((a, b) => a.simulatedSecondsPerSecond - b.simulatedSecondsPerSecond)[1]!;
      const nanosecondsPerStep = (network.dtMs * 1e6) / result.simulatedSecondsPerSecond;
      if (synapses === cells) perCellStep = nanosecondsPerStep / cells;
      const eventsPerStep =
        (result.synapticEventsPerSecond / result.simulatedSecondsPerSecond) * (network.dtMs / 1000);
      points.push({
        cells,
        synapses: network.weights.length,
        ...result,
        nanosecondsPerCellStep: perCellStep,
        nanosecondsPerSynapticEvent:
          nanosecondsPerStep < 1.25 * perCellStep * cells
            ? null
            : (nanosecondsPerStep - perCellStep * cells) / eventsPerStep,
        compileMs: compileMs(network, 'f32'),
        buildMs,
      });
    }
  }
  return { machine: machineName(), points };
}
