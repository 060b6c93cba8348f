import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from '../../src/expression/error.js';
import { parseEquation, parseExpression } from '../../src/expression/parse.js';
import {
  checkAssignmentUnits,
  checkUnits,
  formatUnit,
  parseUnit,
  type Unit,
} from '../../src/expression/units.js';

function errorOf(run: () => unknown): ExpressionError {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

function expectSame(a: Unit | undefined, b: Unit | undefined) {
  expect(a?.dimensions).toEqual(b?.dimensions.map((d) => expect.closeTo(d, 9)));
  expect(a!.scale / b!.scale).toBeCloseTo(1, 9);
}

describe('parseUnit', () => {
  it.each([
    ['msec', 'ms'],
    ['sec', 's'],
    ['seconds', 's'],
    ['usec', 'us'],
    ['millisecond', 'ms'],
    ['millivolt', 'mV'],
    ['milliVolts', 'mV'],
    ['volts', 'V'],
    ['mvolt', 'mV'],
    ['nanosiemens', 'nS'],
    ['picoamps', 'pA'],
    ['megaohms', 'MOhm'],
    ['hertz', 'Hz'],
    ['microfarad', 'uF'],
    ['minutes', '60 s'],
    ['percent', '%'],
  ])('suggests for %s what stands for it, %s, which is a unit', (written, meant) => {
    expect(errorOf(() => parseUnit(written)).message).toContain(
      `There is no unit "${written}". Did you mean "${meant}"?`,
    );
    expect(() => parseUnit(meant)).not.toThrow();
  });

  it.each([
    ['mV', 1e-3, [2, 1, -3, -1, 0, 0]],
    ['1/(mV ms)', 1e6, [-2, -1, 2, 1, 0, 0]],
    ['mV/ms', 1, [2, 1, -4, -1, 0, 0]],
    ['uF/cm2', 1e-2, [-4, -1, 4, 2, 0, 0]],
    ['mS/cm^2', 10, [-4, -1, 3, 2, 0, 0]],
    ['nS', 1e-9, [-2, -1, 3, 2, 0, 0]],
    ['pA', 1e-12, [0, 0, 0, 1, 0, 0]],
    ['pF', 1e-12, [-2, -1, 4, 2, 0, 0]],
    ['MOhm', 1e6, [2, 1, -3, -2, 0, 0]],
    ['Hz', 1, [0, 0, -1, 0, 0, 0]],
    ['1/ms', 1e3, [0, 0, -1, 0, 0, 0]],
    ['1', 1, [0, 0, 0, 0, 0, 0]],
    ['rad', 1, [0, 0, 0, 0, 0, 0]],
    ['mM', 1, [-3, 0, 0, 0, 0, 1]],
    ['um', 1e-6, [1, 0, 0, 0, 0, 0]],
    ['µm', 1e-6, [1, 0, 0, 0, 0, 0]],
    ['μm', 1e-6, [1, 0, 0, 0, 0, 0]],
    ['%', 1e-2, [0, 0, 0, 0, 0, 0]],
    ['kg', 1, [0, 1, 0, 0, 0, 0]],
    ['mol', 1, [0, 0, 0, 0, 0, 1]],
    ['m s^-1', 1, [1, 0, -1, 0, 0, 0]],
    ['m*s-1', 1, [1, 0, -1, 0, 0, 0]],
    ['m/s/s', 1, [1, 0, -2, 0, 0, 0]],
    ['s^0.5', 1, [0, 0, 0.5, 0, 0, 0]],
    ['1e-3 V', 1e-3, [2, 1, -3, -1, 0, 0]],
    ['kohm', 1e3, [2, 1, -3, -2, 0, 0]],
  ])('%s', (text, scale, dimensions) => {
    const unit = parseUnit(text);
    expect(unit.scale / scale).toBeCloseTo(1, 12);
    expect(unit.dimensions).toEqual(dimensions);
  });

  it.each([
    ['', 0, 'missing'],
    ['mv', 0, 'Did you mean "mV"'],
    ['mV/msec', 3, 'no unit "msec". Did you mean'],
    ['mV/', 3, 'missing'],
    ['1/(mV ms', 2, 'never closed'],
    ['mV)', 2, 'Nothing opens'],
    ['1/mV ms', 5, '1/(mV ms)'],
    ['mV + 1', 3, 'No unit starts here'],
    ['0 mV', 0, 'not 0'],
  ])('refuses "%s"', (text, column, reason) => {
    const error = errorOf(() => parseUnit(text));
    expect(error.column).toBe(column);
    expect(error.reason).toContain(reason);
  });
});

describe('formatUnit', () => {
  it.each([
    ['nS mV', 'pA'],
    ['V/s', 'mV/ms'],
    ['pA/pF', 'mV/ms'],
    ['pF/nS', 'ms'],
    ['1/ms/mV', '1/(mV ms)'],
    ['uV', 'uV'],
    ['mV/uV', '1000'],
    ['1', '1'],
    ['0.01', '%'],
    ['mV^3', '1e-9 m^6 kg^3 s^-9 A^-3'],
  ])('%s as %s', (text, expected) => {
    expect(formatUnit(parseUnit(text))).toBe(expected);
  });

  it('gives what parseUnit reads back', () => {
    const symbol = fc.constantFrom('mV', 'ms', 'pA', 'nS', 'uF', 'cm', 'MOhm', 'mM', 'K', 'kg', '%');
    const exponent = fc.constantFrom(-2, -1, 1, 2, 0.5);
    fc.assert(
      fc.property(fc.array(fc.tuple(symbol, exponent), { minLength: 1, maxLength: 4 }), (factors) => {
        const unit = parseUnit(factors.map(([s, e]) => `${s}^${e}`).join(' '));
        expectSame(parseUnit(formatUnit(unit)), unit);
      }),
    );
  });
});

/** Units by name. */
const declared: Record<string, string> = {
  v: 'mV',
  V: 'mV',
  E: 'mV',
  VT: 'mV',
  x: '1',
  big: 'uV',
  tau: 'ms',
  t: 'ms',
  dt: 'ms',
  u: 'mV/ms',
  I: 'mV/ms',
  i: 'pA',
  g: 'nS',
  C: 'pF',
  rate: 'Hz',
};
const unitOf = (name: string) => (declared[name] === undefined ? undefined : parseUnit(declared[name]));
const unitIn = (text: string) => {
  const found = checkUnits(parseExpression(text), text, unitOf);
  return found && formatUnit(found);
};

describe('units of expressions', () => {
  it.each([
    ['v * g', 'pA'],
    ['v / tau', 'mV/ms'],
    ['i / g', 'mV'],
    ['2 * v', 'mV'],
    ['v / 2 + 3', 'mV'],
    ['2 / tau', '1/ms'],
    ['v + 2 * 3', 'mV'],
    ['1 - v', 'mV'],
    ['max(v, 0)', 'mV'],
    ['if(v < 3, v, 0)', 'mV'],
    ['if(v < 3, 1 + sqrt(2), v)', 'mV'],
    ['-v', 'mV'],
    ['abs(v) + floor(v)', 'mV'],
    ['exp(v / 4[mV])', '1'],
    ['exp(v / E) - 1', '1'],
    ['sigmoid(x) + exprel(v / E) + tanh(x) + sin(x) + cos(x) + log(x)', '1'],
    ['sign(v)', '1'],
    ['v^2', 'mV^2'],
    ['v^-1', '1/mV'],
    ['pow(v, 2)', 'mV^2'],
    ['sqrt(v^2)', 'mV'],
    ['v / sqrt(dt)', 'mV/ms^0.5'],
    ['tau^0.5', 'ms^0.5'],
    ['x^(x + 1)', '1'],
    ['2^x', '1'],
    ['gaussian() * v', 'mV'],
    ['v + unknown', 'mV'],
    ['unknown * v', undefined],
    ['unknown', undefined],
    ['sqrt(unknown)', undefined],
    ['exp(unknown)', '1'],
    ['1 + 2', undefined],
    ['exp(1)', undefined],
    ['t + dt', 'ms'],
    ['v * 1000[uV/mV] + big', 'uV'],
  ])('%s in %s', (text, expected) => {
    expect(unitIn(text)).toBe(expected);
  });

  it.each([
    ['v + tau', 2, 'the left side is in mV, the right side in ms'],
    ['v - 3[ms]', 2, 'mV, the right side in ms'],
    ['v + big', 2, 'mV and uV differ by a factor of 1000: multiply the left side by 1000[uV/mV]'],
    ['big + v', 4, 'uV and mV differ by a factor of 1000: multiply the right side by 1000[uV/mV]'],
    ['if(v < tau, 1, 2)', 5, 'mV, the right side in ms'],
    ['if(v < 1 and tau == big, 1, 2)', 17, 'ms, the right side in uV'],
    ['if(not v < tau, 1, 2)', 9, 'mV, the right side in ms'],
    ['1 + max(v, tau)', 4, 'the first argument is in mV, the second in ms'],
    ['min(v, big)', 0, 'factor of 1000'],
    ['if(v < 1, v, tau)', 0, 'the second argument is in mV, the third in ms'],
    ['exp(v)', 0, 'The argument of exp must be a plain number, and is in mV'],
    ['1 + log(tau)', 4, 'must be a plain number, and is in ms'],
    ['exp(v / big)', 0, 'off by a factor of 1000: multiply it by 1000[1/1000]'],
    ['x + v / big', 2, 'factor of 1000'],
    ['v + gaussian()', 2, 'mV, the right side a plain number'],
    ['v^x', 1, 'The base of "^"'],
    ['pow(v, x)', 0, 'The base of pow'],
    ['x^v', 1, 'The exponent of "^"'],
    ['v^2[mV]', 1, 'The exponent of "^"'],
    ['x + v', 2, 'the left side is a plain number, the right side in mV'],
    ['rate + 1 / tau', 5, 'Hz and 1/ms differ by a factor of 1000'],
  ])('refuses %s', (text, column, reason) => {
    const error = errorOf(() => unitIn(text));
    expect({ column: error.column, text: error.text }).toEqual({ column, text });
    expect(error.reason).toContain(reason);
  });

  it('gives a remedy for a factor that is right', () => {
    for (const text of ['v + big', 'big + v', 'rate + 1 / tau']) {
      const [, side, factor] = /multiply (.* side) by (.*)$/.exec(errorOf(() => unitIn(text)).reason)!;
      const [left, right] = text.split(' + ');
      const fixed =
        side === 'the left side' ? `${left} * ${factor} + ${right}` : `${left} + ${right} * ${factor}`;
      expect(() => unitIn(fixed)).not.toThrow();
    }
    const [, factor] = /multiply it by (.*)$/.exec(errorOf(() => unitIn('exp(v / big)')).reason)!;
    expect(unitIn(`exp(v / big * ${factor})`)).toBe('1');
  });
});

describe('assignments', () => {
  const check = (text: string, expected: string | undefined, more: Record<string, string> = {}) => {
    const of = (name: string) => (more[name] === undefined ? unitOf(name) : parseUnit(more[name]));
    const unit = expected === undefined ? undefined : parseUnit(expected);
    checkAssignmentUnits(text, parseEquation(text).value, unit, of);
  };

  it('takes the published equations as they are written', () => {
    // Izhikevich 2003; Hodgkin-Huxley after Traub & Miles 1991; adaptive exponential, Brette & Gerstner 2005.
    check('dv/dt = 0.04[1/(mV ms)]*v^2 + 5[1/ms]*v + 140[mV/ms] - u + I', 'mV/ms');
    check('alpha_m = 0.32[1/(ms mV)]*(13[mV]-V+VT)/(exp((13[mV]-V+VT)/4[mV])-1)', '1/ms');
    const units = { gL: 'nS', EL: 'mV', DeltaT: 'mV', w: 'pA', I: 'pA', a: 'nS', tauW: 'ms' };
    check('dv/dt = (-gL*(v - EL) + gL*DeltaT*exp((v - VT)/DeltaT) - w + I)/C', 'mV/ms', units);
    check('dw/dt = (a*(v - EL) - w)/tauW', 'pA/ms', units);
  });

  it('takes a bare number for anything, and checks nothing where nothing is known', () => {
    check('v = -65', 'mV');
    check('v = tau', undefined);
    check('v = unknown * tau', 'mV');
  });

  it('says what differs', () => {
    const error = errorOf(() => check('dv/dt = 0.04*v^2 + I', 'mV/ms'));
    expect(error.column).toBe(17);
    expect(error.reason).toContain('the left side is in mV^2, the right side in mV/ms');
    const whole = errorOf(() => check('v = g * v', 'mV'));
    expect(whole.column).toBe(6);
    expect(whole.reason).toContain('what is assigned to is in mV, the value in pA');
    expect(errorOf(() => check('v = big', 'mV')).reason).toContain('multiply the value by 0.001[mV/uV]');
    expect(() => check('v = big * 0.001[mV/uV]', 'mV')).not.toThrow();
    expect(errorOf(() => check('big = v', 'uV')).reason).toContain('multiply the value by 1000[uV/mV]');
  });
});
