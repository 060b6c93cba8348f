import { parseExpression } from '../../expression/parse.js';
import type { Unit } from '../../expression/units.js';
import type { CellModel } from '../model/model.js';
import { timeUnits } from './known-units.js';
import { Checker, type ModelProblem } from './text.js';

/**
 * What is wrong with a current over `t`, the parameters and the states of a cell. Units are checked where it gives any:
 * `0.1*t` alone is as good as `0.1[nA/ms]*t`.
 */
export function currentProblems(cell: CellModel, text: string, path: string): ModelProblem[] {
  const check = new Checker();
  const e = check.attempt(path, () => parseExpression(text));
  if (!e) return check.problems;
  const quiet = new Checker();
  const unit = (of: string) => (text.includes('[') ? quiet.unit('', of) : undefined);
  const units = new Map<string, Unit | undefined>([
    ...[...Object.entries(cell.parameters), ...Object.entries(cell.state)].map(
      ([name, { unit: of }]): [string, Unit | undefined] => [name, unit(of)],
    ),
    ...timeUnits.map(([name]): [string, Unit | undefined] => [name, unit('ms')]),
  ]);
  const elsewhere = new Map([['I', '"I" is what this gives: write it over "t"']]);
  const expected = cell.currentUnit === undefined ? undefined : unit(cell.currentUnit);
  check.judge(path, text, e, { units, elsewhere }, expected);
  return check.problems;
}
