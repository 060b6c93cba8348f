import { boundCode, driftCode, drivenVariables, nothingDriven, rebaseCode } from './drift.js';
import { RuleText } from './rule-text.js';
import { arriveCode, learnCode } from './spikes.js';
import type { RuleSurroundings } from './surroundings.js';
import { sumCode, sweepCode } from './sweeps.js';
import { following, relaxCode, riseCode, rising } from './traces.js';

/** Names of the functions of a plastic route that exist, and their text. */
export interface PlasticCode {
  code: string;
  learns: boolean;
  /** Functions that raise traces, by when. */
  rises: { early: boolean; pre: boolean; post: boolean };
  drifts: boolean;
  relaxes: boolean;
}

/** The code of one plastic route. Constants are given places in the order in which the functions are written here. */
export function plasticityCode(of: RuleSurroundings): PlasticCode {
  const { index, learning } = of;
  const { plan } = learning;
  const text = new RuleText(of);
  const driven = drivenVariables(of);
  const hasCells = learning.from.population.count > 0;
  const arrive = arriveCode(of, text);
  const learn = plan.onPost.length > 0 ? learnCode(of, text) : '';
  const relax = following(of).length > 0 ? relaxCode(of, text) : '';
  const drift = driven.length > 0 ? driftCode(of, text) : '';
  const rises = {
    early: rising(of, 'pre', true).length > 0,
    pre: rising(of, 'pre', false).length > 0,
    post: rising(of, 'post', false).length > 0,
  };
  const code = `${driven.map(({ k }) => `(global $g${index}_${k} (mut f64) (f64.const 0))`).join('\n')}
    (global $drove${index} (mut f64) (f64.const 0))
    ${arrive}
    ${learn}
    ${rises.early ? riseCode(of, text, 'early', 'pre', true) : ''}
    ${rises.pre ? riseCode(of, text, 'pre', 'pre', false) : ''}
    ${rises.post ? riseCode(of, text, 'post', 'post', false) : ''}
    ${drift && `${boundCode(of, text)} ${drift}`}
    ${rebaseCode(of, text)}
    ${relax}
    ${sumCode(of, text)}
    ${plan.onUpdate.length > 0 && hasCells ? sweepCode(of, text, `$sweep${index}`, plan.onUpdate) : ''}
    ${Object.entries(plan.onEvent)
      .map(([event, statements]) =>
        hasCells ? sweepCode(of, text, `$event${index}_${event}`, statements) : '',
      )
      .join('\n')}
    ${driven.map(({ k }) => `(func (export "gain${index}_${k}") (result f64) (global.get $g${index}_${k}))`).join('\n')}
    (func (export "restart${index}")
      ${nothingDriven(of)}
      (global.set $drove${index} (f64.const 0)))`;
  return {
    code,
    learns: learn !== '',
    rises,
    drifts: drift !== '',
    relaxes: relax !== '',
  };
}
