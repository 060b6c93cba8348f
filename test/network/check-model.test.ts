import { describe, expect, it } from 'vitest';
import { cellModels } from '../../src/network/cells/table.js';
import { cellModelProblems } from '../../src/network/check/cell-model.js';
import { portModelProblems } from '../../src/network/check/port-model.js';
import { refuseProblems } from '../../src/network/check/problems.js';
import { inputModels } from '../../src/network/inputs/table.js';
import type { CellModel, Parameter, PortModel } from '../../src/network/model/model.js';
import { synapseModels } from '../../src/network/synapses/table.js';

const parameter = (unit: string, value: number, low = value - 1, high = value + 1): Parameter => ({
  unit,
  default: value,
  low,
  high,
  about: '',
});

const sound: CellModel = {
  name: 'mine',
  summary: '',
  source: '',
  parameters: {
    tau: parameter('ms', 10),
    resistance: parameter('MOhm', 100),
    vRest: parameter('mV', -70),
    vThreshold: parameter('mV', -55),
    tRefractory: parameter('ms', 2),
  },
  state: { v: { unit: 'mV', start: 'vRest' }, w: { unit: 'nA', start: 0 } },
  currentUnit: 'nA',
  integrator: 'rk4',
  equations: [
    'drive = I - w # what is left of the input',
    'dv/dt = (vRest - v + resistance*drive) / tau',
    'dw/dt = -w / 100[ms]',
  ],
  threshold: 'v >= vThreshold',
  reset: ['v = vRest', 'w += 0.1[nA]'],
  refractory: { ms: 'tRefractory', holds: ['v'] },
  types: { quick: { about: '', parameters: { tau: 5 } } },
  protocols: {
    step: { about: '', type: 'quick', current: 'if(t > 10, 0.3, 0)', dtMs: 0.1, durationMs: 100 },
  },
};

const { tau, vRest } = sound.parameters as { tau: Parameter; vRest: Parameter };
const withParameters = (more: Record<string, Parameter>): Partial<CellModel> => ({
  parameters: { ...sound.parameters, ...more },
});
const protocol = sound.protocols!.step!;
const dv = sound.equations![1]!;

/** What is changed in the sound model, where the problem is, what is said of it, and at which column. */
const mistakes: Record<string, [Partial<CellModel>, string, RegExp, number?]> = {
  syntax: [{ equations: ['dv/dt = (vRest - v / tau'] }, 'equations[0]', /never closed/, 9],
  'a name that is near to another': [
    { equations: ['dv/dt = (vRest - v) / tua', 'dw/dt = -w / tau'] },
    'equations[0]',
    /there is no "tua" here\. Did you mean "tau"\?/,
    23,
  ],
  'an intermediate quantity before it is defined': [
    { equations: [dv, 'drive = I - w', 'dw/dt = -w / tau'] },
    'equations[0]',
    /"drive" is used before it is defined, in equations\[1\]/,
    33,
  ],
  'an intermediate quantity twice': [
    { equations: ['drive = I', 'drive = I - w', dv, 'dw/dt = -w / tau'] },
    'equations[1]',
    /"drive" is defined already, in equations\[0\]/,
    1,
  ],
  'an intermediate quantity with the name of a parameter': [
    { equations: ['tau = 3[ms]', 'dv/dt = -v/tau', 'dw/dt = -w / tau'] },
    'equations[0]',
    /"tau" is a parameter too/,
    1,
  ],
  'an intermediate quantity with a name that is taken': [
    { equations: ['I = 3[nA]', 'dv/dt = -v/tau', 'dw/dt = -w / tau'] },
    'equations[0]',
    /the name "I" is taken/,
    1,
  ],
  'a state that is assigned to in equations': [
    { equations: ['v = 3[mV]', 'dw/dt = -w / tau'] },
    'equations[0]',
    /"v" is a state: write dv\/dt/,
    1,
  ],
  'the derivative of what is no state': [
    { equations: [...sound.equations!, 'dvv/dt = -v / tau'] },
    'equations[3]',
    /"vv" is not a state\. Did you mean "v"/,
    2,
  ],
  'the derivative of a parameter': [
    { equations: [...sound.equations!, 'dtau/dt = 1'] },
    'equations[3]',
    /"tau" is a parameter, which does not change/,
    2,
  ],
  'a derivative twice': [
    { equations: [...sound.equations!, 'dv/dt = -v / tau'] },
    'equations[3]',
    /derivative of "v" is given already, in equations\[1\]/,
    2,
  ],
  'equations without a derivative': [
    { equations: ['x = I'], update: ['v = v + 1', 'w = w + 1'] },
    'equations',
    /none of them is a derivative/,
  ],
  'no equations at all': [
    { equations: [], reset: [], integrator: undefined },
    'equations',
    /nothing changes "v", "w"/,
  ],
  'a state that nothing changes': [
    { equations: ['dv/dt = -v / tau'], reset: ['v = vRest'] },
    'state.w',
    /nothing changes "w"/,
  ],
  'an assignment to what is no state': [
    { reset: ['vv = vRest'] },
    'reset[0]',
    /"vv" is not a state\. Did you mean "v"/,
    1,
  ],
  'an assignment to a parameter': [
    { reset: ['v = vRest', 'tau = 3[ms]'] },
    'reset[1]',
    /"tau" is a parameter/,
    1,
  ],
  'a passing quantity with a name that is taken': [
    { update: ['below = 3', 'w = below'] },
    'update[0]',
    /"below" cannot be given a value: it is whether/,
    1,
  ],
  'a letter that is no name': [
    { equations: ['dv/dt = x', 'dw/dt = -w / tau'] },
    'equations[0]',
    /there is no "x" here\. Choose one of: tau, resistance, .*, I\./,
    9,
  ],
  'a letter of the other case': [
    { equations: ['dv/dt = i*resistance/tau', 'dw/dt = -w / tau'] },
    'equations[0]',
    /Did you mean "I"\?/,
    9,
  ],
  'an assignment to the time': [{ update: ['t = 3[ms]'] }, 'update[0]', /"t" cannot be given a value/, 1],
  'an intermediate quantity in an update': [
    { update: ['w = drive'] },
    'update[0]',
    /"drive" is an intermediate quantity of "equations"/,
    5,
  ],
  'an intermediate quantity in the threshold': [
    { threshold: 'drive > 3[nA]' },
    'threshold',
    /"drive" is an intermediate quantity/,
    1,
  ],
  'the current in the threshold': [
    { threshold: 'v > vThreshold and I > 0' },
    'threshold',
    /"I" is known to equations and updates alone/,
    20,
  ],
  'a threshold that is no condition': [
    { threshold: 'v - vThreshold' },
    'threshold',
    /A condition is needed/,
    3,
  ],
  'a missing reset': [{ reset: [] }, 'reset', /missing reset: .*"firing": "crossing"/],
  'a reset without a threshold': [
    { threshold: undefined, refractory: undefined },
    'threshold',
    /missing: a reset acts on cells that fire/,
  ],
  'a refractory period without a threshold': [
    { threshold: undefined, reset: undefined },
    'threshold',
    /missing: a refractory period follows a spike/,
  ],
  'firing without a threshold': [
    { threshold: undefined, reset: undefined, refractory: undefined, firing: 'crossing' },
    'threshold',
    /missing: "firing"/,
  ],
  'a random draw in the reset': [
    { reset: ['v = vRest + 1[mV]*gaussian()'] },
    'reset[0]',
    /cannot draw random numbers/,
    1,
  ],
  'holding what is no state': [
    { refractory: { ms: 'tRefractory', holds: ['v', 'x'] } },
    'refractory.holds[1]',
    /"x" is not a state/,
  ],
  'a refractory period that is no time': [
    { refractory: { ms: 'vRest', holds: ['v'] } },
    'refractory.ms',
    /in ms, the value in mV/,
    1,
  ],
  'a parameter with the name of a function': [
    withParameters({ exp: tau }),
    'parameters.exp',
    /"exp" is a function of the language/,
  ],
  'a parameter with the name of a word': [withParameters({ not: tau }), 'parameters.not', /"not" is a word/],
  'a parameter with a name that is taken': [
    withParameters({ dt: tau }),
    'parameters.dt',
    /the name "dt" is taken: it is the step/,
  ],
  'a parameter whose name is none': [withParameters({ 'tau m': tau }), 'parameters.tau m', /is no name/],
  'a parameter with the name of a state': [withParameters({ v: vRest }), 'state.v', /"v" is a parameter too/],
  'a default outside its range': [
    withParameters({ tau: { ...tau, default: 0 } }),
    'parameters.tau.default',
    /expected a number in \[9, 11\], found 0/,
  ],
  'a range upside down': [
    withParameters({ tau: { ...tau, low: 12 } }),
    'parameters.tau.low',
    /at most "high" \(11\), found 12/,
  ],
  'a unit that does not parse': [
    withParameters({ tau: { ...tau, unit: 'msec' } }),
    'parameters.tau.unit',
    /There is no unit "msec"/,
    1,
  ],
  'a current whose unit does not parse': [{ currentUnit: 'nAmp' }, 'currentUnit', /no unit "nAmp"/, 1],
  'a current without a unit': [{ currentUnit: undefined }, 'equations[0]', /"I" needs a unit/, 9],
  'units that measure different things': [
    { equations: ['dv/dt = (vRest - v + I) / tau', 'dw/dt = -w / tau'] },
    'equations[0]',
    /the left side is in mV, the right side in nA/,
    20,
  ],
  'a derivative in another unit': [
    { equations: ['dv/dt = vRest - v', 'dw/dt = -w / tau'] },
    'equations[0]',
    /is in mV\/ms, the value in mV/,
    15,
  ],
  'a number with a unit where the state has another': [
    { reset: ['v = -70[V]'] },
    'reset[0]',
    /differ by a factor of 1000/,
    5,
  ],
  'a factor that is no plain number': [
    { reset: ['v *= 2[mV]'] },
    'reset[0]',
    /assigned to is a plain number, the value in mV/,
    6,
  ],
  'a start that names a state': [
    { state: { ...sound.state, v: { unit: 'mV', start: 'w' } } },
    'state.v.start',
    /"w" has no value yet/,
    1,
  ],
  'a start in another unit': [
    { state: { ...sound.state, v: { unit: 'mV', start: 'tau' } } },
    'state.v.start',
    /in mV, the value in ms/,
    1,
  ],
  'a start that is drawn': [
    { state: { ...sound.state, v: { unit: 'mV', start: '1[mV]*gaussian()' } } },
    'state.v.start',
    /cannot draw/,
    1,
  ],
  'a start that is infinite': [
    { state: { ...sound.state, v: { unit: 'mV', start: Infinity } } },
    'state.v.start',
    /expected a finite number/,
  ],
  'an integrator that there is none of': [
    { integrator: 'rk5' as never },
    'integrator',
    /there is no "rk5"\. Did you mean "rk4"/,
  ],
  'an integrator without equations': [
    { equations: undefined, update: ['v = v + 1', 'w = w + 1'] },
    'integrator',
    /there are none/,
  ],
  'exponential Euler of a slope that draws': [
    { integrator: 'exponential-euler', equations: ['dv/dt = v*gaussian()/1[ms]', 'dw/dt = -w / tau'] },
    'equations[0]',
    /needs a slope in "v" that is free of random draws/,
    8,
  ],
  'random draws in Runge-Kutta': [
    { equations: ['dv/dt = -v/tau + 1[mV/ms]*gaussian()', 'dw/dt = -w / tau'] },
    'equations[0]',
    /"rk4" evaluates its equations several times a step/,
    1,
  ],
  'a division by zero at rest': [
    { equations: [...sound.equations!.slice(0, 2), 'dw/dt = 1[nA^2/ms] / w'] },
    'equations[2]',
    /division by zero: "w" is 0, with the defaults, at the start, without input/,
    20,
  ],
  'a logarithm of a negative number at rest': [
    { threshold: 'log(v / 1[mV]) > 1' },
    'threshold',
    /logarithm of what is not positive/,
    1,
  ],
  'a square root of a negative number at rest': [
    { reset: ['v = vRest * sqrt(v / 1[mV])'] },
    'reset[0]',
    /square root of a negative number/,
    13,
  ],
  'an intermediate quantity that makes a division by zero': [
    { equations: ['gap = v - vRest', 'dv/dt = 1[mV^2/ms] / gap', 'dw/dt = -w / tau'] },
    'equations[1]',
    /division by zero: "gap" is 0/,
    20,
  ],
  'a type with a parameter that there is none of': [
    { types: { quick: { about: '', parameters: { taum: 5 } } } },
    'types.quick.parameters.taum',
    /there is no parameter "taum"\. Did you mean "tau"/,
  ],
  'a type with a state that there is none of': [
    { types: { quick: { about: '', parameters: {}, start: { x: 5 } } } },
    'types.quick.start.x',
    /there is no state "x"/,
  ],
  'a protocol of no type': [
    { protocols: { step: { ...protocol, type: 'quik' } } },
    'protocols.step.type',
    /there is no type "quik"\. Did you mean "quick"/,
  ],
  'a protocol whose current is wrong': [
    { protocols: { step: { ...protocol, current: 'if(t > 3[mV], 1, 0)' } } },
    'protocols.step.current',
    /the left side is in ms, the right side in mV/,
    6,
  ],
  'a protocol without steps': [
    { protocols: { step: { ...protocol, dtMs: 0 } } },
    'protocols.step.dtMs',
    /expected a number above 0/,
  ],
};

describe('cellModelProblems', () => {
  it('finds nothing in a sound model', () => {
    expect(cellModelProblems(sound)).toEqual([]);
  });

  it.each(Object.entries(cellModels))('finds nothing in %s', (_, model) => {
    expect(cellModelProblems(model)).toEqual([]);
  });

  it.each(Object.entries(mistakes))('tells of %s', (_, [change, path, message, column]) => {
    const found = cellModelProblems({ ...sound, ...change });
    const problem = found.find((each) => each.path === path);
    expect(problem?.message.split('\n')[0]).toMatch(message);
    if (column === undefined) {
      expect(problem!.message).not.toContain('\n');
    } else {
      expect(problem!.message).toContain(`(column ${column})`);
      expect(problem!.message.split('\n')[2]).toBe(`${' '.repeat(column - 1)}^`);
    }
  });

  it('takes passing quantities of an update where something uses them', () => {
    const passing: Partial<CellModel> = {
      equations: undefined,
      integrator: undefined,
      update: ['step = dt / tau', 'v = v + step*(vRest - v)', 'w = 0', 'far = v - vRest'],
      threshold: 'far > 10[mV]',
    };
    expect(cellModelProblems({ ...sound, ...passing })).toEqual([]);
    expect(cellModelProblems({ ...sound, ...passing, threshold: 'v > 0' })).toEqual([
      expect.objectContaining({
        path: 'update[3]',
        message: expect.stringContaining('"far" is not a state'),
      }),
    ]);
  });

  it('needs no reset where the threshold hangs on the input or on chance alone', () => {
    const memoryless: Partial<CellModel> = {
      equations: undefined,
      integrator: undefined,
      reset: undefined,
      refractory: undefined,
      update: ['w = I', 'v = vRest + resistance*w'],
    };
    expect(cellModelProblems({ ...sound, ...memoryless })).toEqual([]);
    expect(cellModelProblems({ ...sound, ...memoryless, threshold: 'uniform() < dt/tau' })).toEqual([]);
    for (const update of [
      ['v += resistance*I', 'w = I'],
      ['far = v - vRest', 'v = vRest + far/2', 'w = I'],
    ]) {
      expect(cellModelProblems({ ...sound, ...memoryless, update })).toEqual([
        expect.objectContaining({ path: 'reset', message: expect.stringContaining('missing reset') }),
      ]);
    }
  });

  it('takes modulators, and needs no reset of what comes down by itself', () => {
    const modulated: Partial<CellModel> = {
      equations: ['dv/dt = (vRest*(1 + m.DA) - v + resistance*I)/tau', 'dw/dt = -w / tau'],
      reset: undefined,
      firing: 'crossing',
    };
    expect(cellModelProblems({ ...sound, ...modulated })).toEqual([]);
  });

  it('lists everything that is wrong at once', () => {
    const wrong = { ...sound, equations: ['dv/dt = x', 'dw/dt = y'], reset: ['v = z'] };
    expect(cellModelProblems(wrong).map(({ path }) => path)).toEqual([
      'equations[0]',
      'equations[1]',
      'reset[0]',
    ]);
    expect(() => refuseProblems(cellModelProblems(wrong), 'mine.json', 'cell model')).toThrow(
      /^mine\.json: not a valid cell model\.\n {2}equations\[0\]: .*\(column 9\)\n {4}dv\/dt = x\n {12}\^\n {2}equations\[1\]/,
    );
  });
});

const synapse: PortModel = {
  name: 'mine',
  summary: '',
  source: '',
  parameters: { tau: parameter('ms', 5), reversal: parameter('mV', 0) },
  state: { g: { unit: 'current/mV', start: 0 } },
  equations: ['dg/dt = -g / tau'],
  current: 'g*(reversal - v)',
  receives: 'g',
  weightUnit: 'current/mV',
};

const synapseMistakes: Record<string, [Partial<PortModel>, string, RegExp, number?]> = {
  'an equation that is no decay': [
    { equations: ['dg/dt = 1 - g/tau'] },
    'equations[0]',
    /a pure decay is needed, such as dg\/dt = -g \/ tau/,
    8,
  ],
  'a quantity on the way': [
    { equations: ['x = tau', 'dg/dt = -g/tau'] },
    'equations[0]',
    /are derivatives/,
    1,
  ],
  'the derivative of what is no state': [
    { equations: ['dgg/dt = -g/tau'] },
    'equations[0]',
    /"gg" is not a state/,
    2,
  ],
  'a derivative twice': [
    { equations: ['dg/dt = -g / tau', 'dg/dt = -g / tau'] },
    'equations[1]',
    /given already/,
    2,
  ],
  'a misspelled name': [
    { current: 'g*(revrsal - v)' },
    'current',
    /there is no "revrsal" here\. Did you mean "reversal"/,
    4,
  ],
  'a current that is none': [{ current: 'g' }, 'current', /is in current, the value in/, 1],
  'weights in another unit than what they are added to': [
    { weightUnit: 'nS' },
    'weightUnit',
    /spikes add their weight to "g"/,
  ],
  'no effect': [{ current: undefined, receives: undefined }, 'current', /it has no effect/],
  'a state that nothing changes': [{ equations: undefined, receives: 'v' }, 'state.g', /nothing changes "g"/],
  'the sum of weights where there is none': [
    { current: 'g*weightSum' },
    'current',
    /known to synapses without spikes alone/,
    3,
  ],
  'the current of the cell': [{ current: 'g*I' }, 'current', /"I" is the sum/, 3],
  'a spike that changes what is no state': [{ onFire: ['gg = 0'] }, 'onFire[0]', /"gg" is not a state/, 1],
  'a spike that adds what is in another unit': [
    { onFire: ['g += reversal'] },
    'onFire[0]',
    / current, the value in mV, which measure different things/,
  ],
  'a spike that draws': [
    { onFire: ['g = g*uniform()'] },
    'onFire[0]',
    /what a spike of the cell does cannot draw random numbers/,
  ],
  'sending into a state of the cell': [
    { sends: 'v', receives: 'v' },
    'receives',
    /summed in a state of the synapse itself/,
  ],
};

describe('portModelProblems', () => {
  it.each([
    ...Object.entries(synapseModels),
    ...Object.entries(inputModels),
  ])('finds nothing in %s', (_, model) => {
    expect(portModelProblems(model)).toEqual([]);
  });

  it('takes what only sees spikes for an effect, and what they change for changed', () => {
    const counting: PortModel = {
      ...{ name: 'counting', summary: '', source: '', parameters: {} },
      state: { n: { unit: '1', start: 0 }, last: { unit: 'ms', start: 0 } },
      onFire: ['n += 1', 'now = t + dt', 'last = now'],
    };
    expect(portModelProblems(counting)).toEqual([]);
    expect(portModelProblems({ ...counting, onFire: ['n += 1'] })[0]).toMatchObject({
      path: 'state.last',
      message: expect.stringContaining('nothing changes "last"'),
    });
  });

  it('finds nothing in a sound synapse, and checks it against a cell where there is one', () => {
    expect(portModelProblems(synapse)).toEqual([]);
    expect(portModelProblems(synapse, sound)).toEqual([]);
    const calcium = { ...synapse, current: 'g*(reversal - ca)' };
    expect(portModelProblems(calcium)).toEqual([]);
    expect(portModelProblems(calcium, sound)[0]).toMatchObject({
      path: 'current',
      message: expect.stringContaining('there is no "ca" here'),
    });
    const current = { ...synapse, current: 'g*(reversal - w)' };
    expect(portModelProblems(current, sound)[0]!.message).toMatch(/in mV, the right side in nA/);
  });

  it.each(Object.entries(synapseMistakes))('tells of %s', (_, [change, path, message, column]) => {
    const problem = portModelProblems({ ...synapse, ...change }).find((each) => each.path === path);
    expect(problem?.message.split('\n')[0]).toMatch(message);
    if (column !== undefined) expect(problem!.message).toContain(`(column ${column})`);
  });
});
