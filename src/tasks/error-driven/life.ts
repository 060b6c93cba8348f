import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { networkOf } from '../protocol/guard.js';
import { setLevel } from '../protocol/modulators.js';
import { couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { teachers } from './circuit.js';
import { type Options, sampleMs } from './options.js';
import type { ErrorDrivenTrace } from './trace.js';

const outputs = portsOf('teacher', 'another', 'student');
/** Samples of which one error is noted. */
const stretch = 100;

/** What came of a life. */
export interface Lived {
  /** `[samples]` the student's potential less the teacher's, mV */
  differences: Float64Array;
  /** `[inputs]` the student's weights less the teacher's in the end, nA */
  weights: Float64Array;
}

/** Draws the first weights: of each input those onto the teachers, then those onto the student. */
function firstWeights(settings: Options, random: RandomStream): Float64Array {
  const { inputs, teacherMean, teacherSpread, studentStart } = settings;
  const drawn = Array.from(
    { length: teachers * inputs },
    () => teacherMean + random.uniformIn(-teacherSpread, teacherSpread),
  );
  return Float64Array.of(...drawn, ...Array<number>(inputs).fill(studentStart));
}

function noteStretch(trace: ErrorDrivenTrace, differences: Float64Array): void {
  const squares = differences.reduce((sum, value) => sum + value * value, 0);
  note({ error: trace.error }, { error: Math.sqrt(squares / differences.length) });
}

/** Lives a whole life, sample by sample. */
export function follow(
  settings: Options,
  seed: string,
  controller: Controller,
  trace?: ErrorDrivenTrace,
): Lived {
  const { durationS, inputs, lowHz, highHz, copyMs, teacher } = settings;
  const samples = Math.round((1000 * durationS) / sampleMs);
  const random = RandomStream.from(deriveSeed(seed, 'error-driven'));
  const weights = firstWeights(settings, random);
  const network = networkOf(controller, 'error-driven');
  controller.reset(seed, weights);
  const coupling = couple(
    controller,
    portsOf(...Array.from({ length: inputs }, (_, i) => `rate ${i}`)),
    outputs,
  );
  const { observation, action } = coupling;
  for (let input = 0; input < inputs; input++) observation[input] = random.uniformIn(lowHz, highHz) / highHz;
  const told = teacher === 'own' ? outputs.teacher : outputs.another;
  const differences = new Float64Array(samples);
  const act = (sample: number) => {
    const student = action[outputs.student]!;
    differences[sample] = student - action[outputs.teacher]!;
    if ((sample + 1) % copyMs === 0) setLevel(network, 'target', action[told]!);
    if (!trace) return;
    if (samples - sample <= stretch)
      note(
        { student: trace.student, teacher: trace.teacher },
        { student, teacher: action[outputs.teacher]! },
      );
    if ((sample + 1) % stretch === 0)
      noteStretch(trace, differences.subarray(sample + 1 - stretch, sample + 1));
  };
  worldLoop(coupling, { act }, samples);
  const last = network.weights();
  return {
    differences,
    weights: Float64Array.from(
      { length: inputs },
      (_, input) => last[teachers * inputs + input]! - last[teachers * input]!,
    ),
  };
}
