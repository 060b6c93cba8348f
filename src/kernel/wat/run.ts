import { type Emission, type Part, phases } from './part.js';
import type { RingPlaces } from './ring.js';

/** What every module has beside its parts' functions: what is counted through a life. */
export const globals = `(global $step (mut i32) (i32.const 0))
(global $t (mut f64) (f64.const 0))
(global $hash (mut i32) (i32.const 0))
(global $low (mut i32) (i32.const 0))
(global $high (mut i32) (i32.const 0))
(global $slotIndex (mut i32) (i32.const 0))
(global $r (mut i32) (i32.const 0))
(global $interval (mut i32) (i32.const ${0x7fffffff}))
(global $spikes (mut f64) (f64.const 0))`;

/** The functions that begin a life and run it: steps in which all parts act, phase by phase. */
export function runFunctions(
  { program: { network } }: Emission,
  { ring, ringBytes }: RingPlaces,
  parts: readonly Part[],
): string {
  const begin = parts.flatMap(({ calls }) => calls.begin ?? []);
  const step = phases.map((phase) => {
    const calls = parts.flatMap(({ calls: of }) => of[phase] ?? []);
    return `    ${calls.join('\n')}`;
  });
  return `(func (export "begin") (param $low i32) (param $high i32) (param $interval i32)
  (global.set $low (local.get $low)) (global.set $high (local.get $high))
  (global.set $interval (local.get $interval))
  (global.set $step (i32.const 0)) (global.set $r (i32.const 0)) (global.set $spikes (f64.const 0))
  (global.set $slotIndex (i32.const 0))
  ${begin.join(' ')})
(func (export "spikes") (result f64) (global.get $spikes))
(func (export "step") (result i32) (global.get $step))
(func (export "scaledFor") (result i32) (global.get $r))
(func (export "run") (param $steps i32) (param $active i32)
  (local $slot i32) (local $fired i32) (local $above f64) (local $at i32)
  (block $none
  (br_if $none (i32.le_s (local.get $steps) (i32.const 0)))
  (loop $steps
    (global.set $t (f64.mul (f64.convert_i32_s (global.get $step)) (f64.const ${network.dtMs})))
    (global.set $hash (call $mixWord (i32.add
      (call $mixWord (i32.xor (global.get $low) (global.get $step))) (global.get $high))))
    (local.set $slot (i32.add (i32.const ${ring}) (i32.mul (global.get $slotIndex) (i32.const ${ringBytes}))))
    (local.set $fired (local.get $slot))
${step.join('\n')}
    (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
    (br_if $steps (local.get $steps)))))`;
}
