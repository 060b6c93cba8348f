import { describe, expect, it } from 'vitest';
import {
  compareWithExpected,
  currentFrequency,
  expectationText,
  runExperiment,
  settleExperiment,
} from '../../src/inspect/cell-experiment.js';
import { cellModels } from '../../src/network/cells/table.js';
import type { CellModel } from '../../src/network/model/model.js';

const lif: CellModel = { ...cellModels['leaky-integrate-and-fire'], protocols: undefined };
const plain: CellModel = {
  ...lif,
  types: { slow: { about: '', parameters: { tau: 40 }, start: { v: -60 } } },
  protocols: {
    strong: {
      about: 'a strong current',
      type: 'slow',
      parameters: { tRefractory: 0 },
      current: '1',
      dtMs: 0.5,
      durationMs: 60,
    },
    noisy: { about: '', current: '0.2*gaussian()', dtMs: 0.5, durationMs: 60 },
  },
};
const settle = (request: Parameters<typeof settleExperiment>[1], model = plain) =>
  settleExperiment(model, request, 'x');

describe('settleExperiment', () => {
  it('takes the first protocol, with its type, parameters and start', () => {
    expect(settle({})).toMatchObject({
      protocol: 'strong',
      type: 'slow',
      current: '1',
      dtMs: 0.5,
      durationMs: 60,
      start: { v: -60 },
      about: 'a strong current',
    });
    expect(settle({}).parameters).toMatchObject({ tau: 40, tRefractory: 0, resistance: 100 });
  });

  it('lets the request go before the protocol, and a current of its own before all protocols', () => {
    expect(settle({ parameters: { tau: 5 }, dtMs: 1 })).toMatchObject({ parameters: { tau: 5 }, dtMs: 1 });
    const own = settle({ current: '2', type: 'slow' });
    expect(own).toMatchObject({ current: '2', parameters: { tau: 40, tRefractory: 2 }, durationMs: 300 });
    expect(own).not.toHaveProperty('protocol');
  });

  it('searches a step that lets the cell fire at a moderate rate where there is no protocol', () => {
    const { izhikevich, 'accumulate-and-fire': accumulating, 'hodgkin-huxley': hodgkinHuxley } = cellModels;
    for (const model of [lif, izhikevich, accumulating, hodgkinHuxley] as CellModel[]) {
      const dtMs = model.name === 'hodgkin-huxley' ? 0.01 : undefined;
      const { rateHz } = runExperiment(settle({ dtMs }, { ...model, protocols: undefined }));
      expect(rateHz).toBeGreaterThan(8);
      expect(rateHz).toBeLessThan(90);
    }
  });

  it('lets a cell that fires by itself fire faster', () => {
    const pacemaker = settle({ parameters: { vRest: -50 } }, lif);
    const alone = runExperiment({ ...pacemaker, current: '0' });
    expect(alone.rateHz).toBeGreaterThan(20);
    expect(runExperiment(pacemaker).rateHz).toBeGreaterThan(1.4 * alone.rateHz);
    const { currents, ratesHz } = currentFrequency(pacemaker)!;
    expect(currents.at(-1)!).toBeGreaterThan(0.05);
    expect(ratesHz[0]).toBeCloseTo(alone.rateHz, -1);
  });

  it('moves a cell that never fires, and leaves one without input to itself', () => {
    const silent: CellModel = { ...lif, threshold: undefined, reset: undefined, refractory: undefined };
    const { v } = runExperiment(settle({}, silent)).states;
    expect(Math.max(...v!) - v![0]!).toBeGreaterThan(10);
    expect(Math.max(...v!) - v![0]!).toBeLessThan(20);
    const alone: CellModel = {
      ...silent,
      currentUnit: undefined,
      equations: ['dv/dt = (vRest - v)/tau'],
    };
    expect(settle({}, alone)).toMatchObject({ about: 'left to itself' });
    expect(() => settle({ current: '1' }, alone)).toThrow(/takes no input/);
  });

  it('names what there is none of', () => {
    expect(() => settle({ protocol: 'strange' })).toThrow(/Unknown protocol "strange"\. .*strong/);
    expect(() => settle({ type: 'slo' })).toThrow(/Unknown type "slo"\. Did you mean "slow"/);
    expect(() => settle({ parameters: { taum: 3 } })).toThrow(/Unknown parameter "taum" of leaky/);
    expect(() => settle({ current: 'if(t > 3[mV], 1, 0)' })).toThrow(/left side is in ms/);
  });
});

describe('runExperiment', () => {
  it('gives times at the end of steps, and the input of each step', () => {
    const trial = runExperiment(settle({ current: 'if(t >= 10, 1, 0)', dtMs: 0.5, durationMs: 20 }));
    expect([...trial.timesMs.slice(0, 2)]).toEqual([0.5, 1]);
    expect(trial.input![19]).toBe(0);
    expect(trial.input![20]).toBe(1);
    // v goes to vRest + 100 mV and crosses 15 mV above rest after 10 log(1 / 0.85) = 1.63 ms.
    expect(trial.spikesMs[0]).toBe(12);
    expect(trial.rateHz).toBe((1000 * trial.spikesMs.length) / 20);
  });

  it('shows the noise that the cell met', () => {
    const trial = runExperiment(
      settle({ protocol: 'noisy', parameters: { vThreshold: 1000 }, engine: 'reference' }),
    );
    const decay = Math.exp(-0.5 / 10);
    trial.states.v!.forEach((v, i) => {
      const before = i === 0 ? -70 : trial.states.v![i - 1]!;
      const target = -70 + 100 * trial.input![i]!;
      expect(v).toBeCloseTo(target + (before - target) * decay, 9);
    });
    const again = runExperiment(settle({ protocol: 'noisy', parameters: { vThreshold: 1000 } }));
    expect(again.input).toEqual(trial.input);
    const other = runExperiment(settle({ protocol: 'noisy', seed: 2 }));
    expect(other.input).not.toEqual(trial.input);
  });

  it('adds weights to the state of a cell that takes no current', () => {
    const experiment = settle(
      { current: '10', durationMs: 12 },
      {
        ...(cellModels['accumulate-and-fire'] as CellModel),
        protocols: undefined,
      },
    );
    const trial = runExperiment(experiment);
    // The threshold of 30 is passed with the fourth.
    expect(trial.spikesMs).toEqual([4, 8, 12]);
  });
});

describe('currentFrequency', () => {
  it('is that of the formula for the leaky cell', () => {
    const { currents, ratesHz } = currentFrequency(settle({}, lif))!;
    currents.forEach((current, i) => {
      const drive = 100 * current;
      if (Math.abs(drive - 15) < 0.5) return;
      const expected = drive > 15 ? 1000 / (2 + 10 * Math.log(drive / (drive - 15))) : 0;
      expect(Math.abs(ratesHz[i]! - expected)).toBeLessThan(Math.max(0.01, 0.02 * expected));
    });
  });

  it('is nothing for cells that do not fire', () => {
    const silent: CellModel = { ...lif, threshold: undefined, reset: undefined, refractory: undefined };
    expect(currentFrequency(settle({}, silent))).toBeUndefined();
  });
});

describe('compareWithExpected', () => {
  const protocol = plain.protocols!.strong!;
  const found = runExperiment(settle({})).spikesMs;
  const compare = (figures: object) => {
    const protocols = { strong: { ...protocol, expect: { source: '', ...figures } } };
    const experiment = settle({}, { ...plain, protocols });
    return compareWithExpected(experiment, runExperiment(experiment));
  };

  it('says what is met and what is not', () => {
    expect(compare({ spikes: found.length, timesMs: found })).toMatchObject([{ met: true }, { met: true }]);
    expect(compare({ spikes: 1 })).toEqual([{ met: false, text: `${found.length} spikes, 1 expected` }]);
    expect(compare({ timesMs: [found[0]! + 0.3] })[0]).toMatchObject({
      met: false,
      text: expect.stringContaining('within 0.3 ms'),
    });
    expect(compare({ timesMs: [found[0]! + 0.3], toleranceMs: 0.4 })[0]).toMatchObject({ met: true });
    expect(compare({ timesMs: found.map((time) => time - 0.5), timed: 'start' })[0]).toMatchObject({
      met: true,
    });
    expect(compare({ timesMs: [...found, 99] })[0]).toMatchObject({ met: false });
    const rateHz = (1000 * found.length) / 60;
    expect(compare({ rateHz })[0]).toMatchObject({ met: true });
    expect(compare({ rateHz: rateHz + 2, rateToleranceHz: 1 })[0]).toMatchObject({ met: false });
  });

  it('expects nothing of a protocol that was changed', () => {
    const protocols = { strong: { ...protocol, expect: { source: '', spikes: 1 } } };
    expect(settle({}, { ...plain, protocols }).expect).toBeDefined();
    expect(settle({ dtMs: 0.1 }, { ...plain, protocols }).expect).toBeUndefined();
    expect(settle({ parameters: { tau: 3 } }, { ...plain, protocols }).expect).toBeUndefined();
  });

  it('looks at the states at the end', () => {
    const protocol = { about: '', current: '0.1', dtMs: 0.1, durationMs: 500 };
    const compare = (v: number, endsTolerance?: number) => {
      const expect = { source: '', ends: { v }, endsTolerance };
      const experiment = settle({}, { ...lif, protocols: { small: { ...protocol, expect } } });
      return compareWithExpected(experiment, runExperiment(experiment));
    };
    expect(compare(-60)).toEqual([{ met: true, text: 'v ends at -60, -60 expected' }]);
    expect(compare(-59)[0]).toMatchObject({ met: false });
    expect(compare(-59, 2)[0]).toMatchObject({ met: true });
    expect(expectationText({ source: '', ends: { v: -60 } })).toBe('v ends at -60');
  });

  it('is told in words', () => {
    expect(expectationText(undefined)).toBe('');
    const timesMs = [1, 2.5, 3, 4, 5];
    expect(expectationText({ source: '', spikes: 5, timesMs, rateHz: 20, rateToleranceHz: 1 })).toBe(
      '5 spikes, at 1, 2.5, 3, 4, … ms, 20 ± 1 Hz',
    );
    expect(expectationText({ source: '', spikes: 1 })).toBe('1 spike');
  });
});
