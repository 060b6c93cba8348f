import { describe, expect, it } from 'vitest';
import { respond } from '../../src/kernel/response.js';
import { deriveSeed } from '../../src/math/seed.js';
import { mean, populationSd } from '../../src/math/statistics.js';
import { cellModels } from '../../src/network/cells/table.js';
import type { CellModel, Protocol } from '../../src/network/model/model.js';
import { stimulus, trialOf } from '../../src/network/model/protocol.js';
import { integral, intervals, root } from './numerics.js';

/** Times (ms) at which the steps end in which a cell fired. */
function spikes(model: CellModel, protocol: Omit<Protocol, 'about'>, engine: 'reference' | 'f64' = 'f64') {
  const trial = trialOf(model, { about: '', ...protocol });
  const { spikeSteps } = respond(trial.model, { ...trial, record: [], engine });
  return spikeSteps[0]!.map((step) => (step + 1) * protocol.dtMs);
}

/** Indices of the samples in which v, 30 at a spike, has come above 0. */
function upstrokes(model: CellModel, protocol: Omit<Protocol, 'about'>): number[] {
  const trial = trialOf(model, { about: '', ...protocol });
  const { spikeSteps, states } = respond(trial.model, { ...trial, record: ['v'] });
  const fired = new Set(spikeSteps[0]);
  const above = [...states.v![0]!].map((v, step) => fired.has(step) || v > 0);
  return above.flatMap((now, step) => (now && !above[step - 1] ? [step] : []));
}

describe('izhikevich, spike trains of the Open Source Brain project', () => {
  const model = cellModels.izhikevich;
  const train = (type: string, v: number, current: string, durationMs: number) => {
    const { b } = model.types![type]!.parameters;
    const protocol = { type, start: { v, u: b! * v }, current, dtMs: 0.25, durationMs };
    return upstrokes(model, { ...protocol, integrator: 'euler-sequential' }).map((step) => step * 0.25);
  };

  it('tonic spiking, tonic bursting', () => {
    expect(train('tonic-spiking', -70, 'if(t > 10, 14, 0)', 100)).toEqual([13, 17, 31.25, 59, 86.75]);
    expect(train('tonic-bursting', -70, 'if(t > 22, 15, 0)', 220)).toHaveLength(28);
  });

  it('regular spiking, chattering, fast spiking, low-threshold spiking', () => {
    expect(train('RS', -63, 'if(t > 15, 14, 0)', 130)).toEqual([18.25, 24, 54.25, 87.5, 120.75]);
    const chattering = train('CH', -70, 'if(t > 15, 10, 0)', 150);
    expect([chattering.length, chattering[0], chattering.at(-1)]).toEqual([15, 18.75, 146]);
    const fast = train('FS', -70, 'if(t > 15, 10, 0)', 150);
    expect([fast.length, fast[0], fast.at(-1)]).toEqual([15, 18.75, 141]);
    const low = train('LTS', -63, 'if(t > 25, 10, 0)', 250);
    expect([low.length, low[0], low.at(-1)]).toEqual([18, 27.75, 240.25]);
  });

  it('regular spiking of 2007, 100 pA', () => {
    const protocol = {
      type: 'RS',
      integrator: 'euler' as const,
      current: '100',
      dtMs: 0.0025,
      durationMs: 520,
    };
    const times = upstrokes(cellModels['izhikevich-2007'], protocol).map((step) => (step + 1) * 0.0025);
    const expected = [47.0325, 120.4975, 196.6175, 272.6525, 348.6875, 424.7225, 500.76];
    expect(times).toHaveLength(7);
    expected.forEach((time, i) => {
      expect(times[i]).toBeCloseTo(time, 6);
    });
  });
});

describe('traub-miles', () => {
  const currents = [50, 100, 200, 300, 400, 500, 600, 690];
  it.each([
    [0.1, [13.5, 22.5, 36.5, 49, 60, 70.5, 80.5, 89]],
    [0.01, [14, 23.5, 38.5, 52, 64.5, 76.5, 87.5, 97]],
  ])('has the published f-I curve at steps of %d ms', (dtMs, expected) => {
    const port = { ...stimulus('size'), parameters: cellModels['traub-miles'].parameters };
    const { spikeSteps } = respond(cellModels['traub-miles'], {
      dtMs,
      durationMs: 2000,
      cells: currents.length,
      parameters: { EL: -65 },
      ports: {
        drive: {
          model: { ...port, parameters: { size: { unit: 'pA', default: 0, low: 0, high: 1000, about: '' } } },
          parameters: { size: Float64Array.from(currents) },
        },
      },
      record: [],
    });
    expect(spikeSteps.map((of) => of.length / 2)).toEqual(expected);
  });
});

describe('rates that have a closed form', () => {
  /** The last interval, ms. */
  const settled = (model: CellModel, protocol: Omit<Protocol, 'about'>) =>
    intervals(spikes(model, protocol)).at(-1)!;

  it('exponential-integrate-and-fire: the integral of 1 / v’, and the refractory time', () => {
    const model = cellModels['exponential-integrate-and-fire'];
    for (const input of [2, 5, 20]) {
      const slope = (v: number) => (-65 - v + 3.48 * Math.exp((v + 59.9) / 3.48) + input) / 10;
      const expected = 1.7 + integral((v) => 1 / slope(v), -68, -30);
      const found = settled(model, { current: String(input / 100), dtMs: 0.01, durationMs: 600 });
      expect(Math.abs(found - expected)).toBeLessThan(0.02);
    }
  });

  it('adaptive-leaky-integrate-and-fire: the interval at which decay and spikes of b balance', () => {
    const model = cellModels['adaptive-leaky-integrate-and-fire'];
    for (const input of [4, 8]) {
      // Before a spike b is e / (1 - e); v goes from beta b to 1 + beta b.
      const rise = (T: number) => {
        const e = Math.exp(-T / 200);
        const raised = (1.8 * e) / (1 - e);
        return input + (raised - input) * Math.exp(-T / 20) - 1 - raised;
      };
      const found = settled(model, { current: String(input), dtMs: 0.01, durationMs: 3000 });
      expect(Math.abs(found - root(rise, 1, 1000))).toBeLessThan(0.03);
    }
  });

  it('integrate-and-fire-with-adaptation: the interval at which decay and spikes of w balance', () => {
    const model = cellModels['integrate-and-fire-with-adaptation'];
    for (const input of [20, 40]) {
      const rise = (T: number) => {
        const after = 2 / (1 - Math.exp(-T / 100));
        const opposed = after * (100 / 90) * (Math.exp(-T / 100) - Math.exp(-T / 10));
        return input * (1 - Math.exp(-T / 10)) - opposed - 15;
      };
      const found = settled(model, { current: String(input / 100), dtMs: 0.005, durationMs: 2000 });
      expect(Math.abs(found - root(rise, 0.1, 500))).toBeLessThan(0.05);
    }
  });

  it('integrate-and-fire-or-burst: above vH its calcium channels close, and it is a leaky cell', () => {
    const tau = 2 / 0.035;
    const far = -65 + 1.2 / 0.035;
    const expected = tau * Math.log((far + 50) / (far + 35));
    const found = settled(cellModels['integrate-and-fire-or-burst'], {
      current: '1.2',
      dtMs: 0.05,
      durationMs: 1000,
    });
    expect(Math.abs(found - expected)).toBeLessThan(0.06);
  });

  it('izhikevich-2007: rheobase of the integrators, where the nullclines of v and u touch', () => {
    const model = cellModels['izhikevich-2007'];
    const { k, vr, vt, b } = model.types!.RS!.parameters as Record<string, number>;
    const rheobase = (k! * (vt! - vr!) + b!) ** 2 / (4 * k!);
    const fires = (current: number) =>
      spikes(model, { type: 'RS', current: String(current), dtMs: 0.1, durationMs: 3000 }).length;
    expect(fires(rheobase - 0.2)).toBe(0);
    expect(fires(rheobase + 0.5)).toBeGreaterThan(0);
  });
});

describe('cells that fire by chance', () => {
  const cells = 400;
  const lives = (
    model: CellModel,
    parameters: Record<string, number>,
    current: string,
    durationMs: number,
  ) => {
    const trial = trialOf(model, { about: '', parameters, current, dtMs: 0.1, durationMs });
    return respond(trial.model, { ...trial, cells, record: [], seed: deriveSeed('chance') }).spikeSteps;
  };

  it('poisson: rate, and coefficient of variation, of independent intervals', () => {
    const trains = lives(cellModels.poisson, { rate: 80 }, '0', 2000);
    const count = trains.reduce((sum, { length }) => sum + length, 0);
    // A step holds one spike at most: 1 - exp(-0.008) of the steps do. Four standard deviations.
    const expected = cells * 20_000 * (1 - Math.exp(-0.008));
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const all = trains.flatMap(intervals);
    expect(populationSd(all) / mean(all)).toBeGreaterThan(0.97);
    expect(populationSd(all) / mean(all)).toBeLessThan(1.01);
    const pairs = trains.flatMap((train) => {
      const own = intervals(train);
      return own.slice(1).map((next, i): [number, number] => [own[i]!, next]);
    });
    const middle = mean(all);
    const together = mean(pairs.map(([a, b]) => (a - middle) * (b - middle)));
    expect(Math.abs(together / populationSd(all) ** 2)).toBeLessThan(4 / Math.sqrt(pairs.length));
  });

  it('spike-response: the rate that the hazard gives, without and with an after-potential', () => {
    const model = cellModels['spike-response'];
    const hazard = 0.06 * Math.exp((15 - 16) / 2);
    const free = lives(model, { chi: 0, tau: 0.5 }, '0.15', 2000);
    const count = free.reduce((sum, { length }) => sum + length, 0);
    const expected = cells * 20_000 * (1 - Math.exp(-0.1 * hazard));
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected) + 0.002 * expected);

    // One after-potential at a time: with chi -5 mV that decays in 2 ms against intervals of some 30 ms.
    const shaped = lives(model, { chi: -5, tau: 2 }, '0.15', 2000);
    const rate = (s: number) => hazard * Math.exp((-5 * Math.exp(-s / 2)) / 2);
    const steps = 4000;
    let [survival, meanInterval] = [1, 0];
    for (let i = 0; i < steps; i++) {
      const next = survival * Math.exp(-0.1 * rate((i + 1) * 0.1));
      meanInterval += 0.1 * survival;
      survival = next;
    }
    const found = mean(shaped.flatMap(intervals)) * 0.1;
    expect(Math.abs(found / meanInterval - 1)).toBeLessThan(0.03);
    expect(meanInterval * hazard).toBeGreaterThan(1.03);
  });
});

describe('single figures', () => {
  it('izhikevich-2007: the recovery of low-threshold cells goes no higher than 670 pA', () => {
    const protocol = { type: 'LTS', current: '1500', dtMs: 0.02, durationMs: 100 };
    const trial = trialOf(cellModels['izhikevich-2007'], { about: '', ...protocol });
    const { states, spikeSteps } = respond(trial.model, { ...trial, record: ['u'] });
    expect(states.u![0]![spikeSteps[0]!.at(-1)!]).toBe(670);
    expect(Math.max(...states.u![0]!)).toBe(670);
  });

  it('glif: a spike raises the threshold, which decays; both are held while it lasts', () => {
    const model = cellModels.glif;
    const { bS, dThetaS, tCut } = model.types!['level-2']!.parameters as Record<string, number>;
    const protocol = { type: 'level-2', current: '3000', dtMs: 0.05, durationMs: 60 };
    const trial = trialOf(model, { about: '', ...protocol });
    const { states, spikeSteps } = respond(trial.model, { ...trial, record: ['thetaS'] });
    const [first, second] = spikeSteps[0] as [number, number];
    const theta = states.thetaS![0]!;
    const held = Math.round(tCut! / 0.05);
    expect(theta[first]).toBeCloseTo(dThetaS!, 12);
    expect(theta[first + held]).toBeCloseTo(dThetaS!, 12);
    expect(theta[second - 1]).toBeCloseTo(dThetaS! * Math.exp(-bS! * 0.05 * (second - 1 - first - held)), 10);
    const before = dThetaS! * Math.exp(-bS! * 0.05 * (second - first - held));
    expect(theta[second]).toBeCloseTo(before * Math.exp(-bS! * tCut!) + dThetaS!, 10);
    expect(spikeSteps[0]!.length).toBeGreaterThan(3);
  });

  it('two-compartment: a dendritic spike is all or none', () => {
    const model = cellModels['two-compartment'];
    const peak = (size: number, gRise: number) => {
      const protocol = { current: `if(t < 3, ${size}, 0)`, dtMs: 0.01, durationMs: 30 };
      const trial = trialOf(model, { about: '', ...protocol, parameters: { gRise, gFall: 0.65 * gRise } });
      const { states } = respond(trial.model, { ...trial, record: ['vD', 'age'] });
      return {
        peak: Math.max(...states.vD![0]!),
        events: states.age![0]!.filter((age) => age === 0).length,
      };
    };
    expect(peak(600, 22).events).toBe(0);
    expect(peak(800, 22).events).toBe(1);
    // Without sodium the peak is in proportion to the input; with it, the event adds to it.
    expect((peak(800, 0).peak + 65) / (peak(600, 0).peak + 65)).toBeCloseTo(8 / 6, 6);
    expect(peak(800, 22).peak - peak(800, 0).peak).toBeGreaterThan(3);
  });

  it('pinsky-rinzel: bursts at weak, single spikes at tight coupling', () => {
    const times = spikes(cellModels['pinsky-rinzel'], { current: '0.75', dtMs: 0.05, durationMs: 2000 });
    const gaps = intervals(times);
    // Intervals are within a burst or between bursts, and nothing else once the onset is over.
    for (const gap of gaps.slice(6)) expect(gap < 8 || gap > 300).toBe(true);
    expect(gaps.filter((gap) => gap > 300).length).toBeGreaterThanOrEqual(3);
    const single = spikes(cellModels['pinsky-rinzel'], {
      parameters: { gC: 10.5 },
      current: '2.5',
      dtMs: 0.05,
      durationMs: 1000,
    });
    for (const gap of intervals(single)) expect(gap).toBeGreaterThan(25);
  });

  it('wilson: regular cells adapt, fast ones hardly, bursting ones pause', () => {
    const gaps = (type: string) =>
      intervals(spikes(cellModels.wilson, { type, current: '0.5', dtMs: 0.02, durationMs: 1000 }));
    const [regular, fast, bursting] = ['regular', 'fast', 'bursting'].map(gaps) as [
      number[],
      number[],
      number[],
    ];
    expect(regular.at(-1)! / regular[0]!).toBeGreaterThan(1.5);
    expect(fast.at(-1)! / fast[0]!).toBeLessThan(1);
    expect(Math.max(...bursting) / Math.min(...bursting)).toBeGreaterThan(10);
  });
});
