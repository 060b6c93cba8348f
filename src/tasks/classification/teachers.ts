import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { Population } from '../../network/model/network.js';
import { numbered } from './ports.js';

/** Current of a teacher at its strongest: cells that it drives fire near their ceiling. */
const teacherCurrent = 40;

/** Parameters of the body by which answers are taught. */
export const teachingBody = {
  body: { teacher: 0.5, daTaught: 1, daRight: 1, daWrong: 0 },
  bodyAbout: {
    teacher: `how strongly a teacher drives the pool of the right answer, as a share of a current of ${teacherCurrent}`,
    daTaught: 'dopamine released after a presentation with a teacher',
    daRight: 'dopamine released after a right answer where only rewards teach',
    daWrong: 'the same after a wrong answer; below 0 it unteaches',
  },
};

/**
 * The same circuit with an input more for each of its outputs, a teacher, whose current drives the cells that the output is
 * read from. The body is given what it needs to teach.
 */
export function withTeachers(circuit: Embodied): Embodied {
  const { network } = circuit;
  const answering = network.outputs.flatMap(({ cells }) => [...cells]);
  let first = 0;
  const populations = network.populations.map((population): Population => {
    const end = first + population.count;
    const answers = answering.some((cell) => cell >= first && cell < end);
    first = end;
    if (!answers) return population;
    const port = { model: external, parameters: { I: new Float64Array(population.count) } };
    return { ...population, ports: { ...population.ports, external: port } };
  });
  const teachers = numbered('teacher', network.outputs.length).map((name, output) => ({
    name,
    kind: 'current' as const,
    cells: network.outputs[output]!.cells,
    amplitude: teacherCurrent,
  }));
  return {
    ...circuit,
    network: { ...network, populations, inputs: [...network.inputs, ...teachers] },
    ...teachingBody,
  };
}
