import { type Connectome, hasCell } from '../connectome/connectome.js';
import { nearestNames, UsageError } from '../spec/errors.js';
import { prepareTask, type TaskSpec, taskOf } from '../tasks/table.js';

/** A port of a task with the option that names its cells. */
interface WiredPort {
  way: 'inputs' | 'outputs';
  port: string;
  /** Undefined where no option of the task has the port's cells. */
  option: string | undefined;
  cells: readonly string[];
  unknown: readonly string[];
}

const sameList = (a: unknown, b: readonly string[]) =>
  Array.isArray(a) && a.length === b.length && b.every((name, i) => name === a[i]);

function portsOf(
  task: TaskSpec,
  defaults: Readonly<Record<string, unknown>>,
  connectome: Connectome,
): WiredPort[] {
  const { wiring } = prepareTask(task);
  if (wiring === undefined) return [];
  const options = Object.entries({ ...defaults, ...task });
  return (['inputs', 'outputs'] as const).flatMap((way) =>
    Object.entries(wiring[way]).map(([port, cells]) => ({
      way,
      port,
      option: options.find(([, value]) => sameList(value, cells))?.[0],
      cells,
      unknown: cells.filter((cell) => !hasCell(connectome, cell)),
    })),
  );
}

/** The options of a task as they are when none is given. */
function defaultsOf(task: TaskSpec): Readonly<Record<string, unknown>> {
  const { success, data } = taskOf(task).options.safeParse({});
  return success ? (data as Record<string, unknown>) : {};
}

/** Which of two sides a cell's name says, as in ASHL, muscle-R or MDL07. */
function sideOf(cell: string): 'left' | 'right' | undefined {
  const letter = /([LR])\d*$/.exec(cell)?.[1];
  return letter === undefined ? undefined : letter === 'L' ? 'left' : 'right';
}

/** Deals cells out to ports: by side where ports are left and right and names say sides, otherwise in turn. */
function dealt(cells: readonly string[], ports: readonly WiredPort[]): string[][] {
  const places = ports.map(({ port }) => port);
  const bySide = places.map((place) => cells.filter((cell) => sideOf(cell) === place));
  if (places.length === 2 && bySide.every((side) => side.length > 0)) return bySide;
  return places.map((_, place) => cells.filter((_, i) => i % places.length === place));
}

/** The cells that a table's roles and kinds say drive a body, or are driven by it. */
function cellsByRole({ cells }: Connectome, way: WiredPort['way']): string[] {
  const having = (fits: (cell: number) => boolean) => cells.ids.filter((_, cell) => fits(cell));
  if (way === 'inputs') return having((cell) => cells.roles[cell]!.includes('s'));
  const muscles = having((cell) => cells.kinds[cell] === 'm');
  return muscles.length > 0 ? muscles : having((cell) => cells.roles[cell]!.includes('m'));
}

const shown = (cells: readonly string[], most = 4) =>
  cells.slice(0, most).join(', ') + (cells.length > most ? ', …' : '');

/** @param foreign those of the ports that a task's own defaults name, made for another animal */
function lacking(
  task: TaskSpec,
  connectome: Connectome,
  ports: readonly WiredPort[],
  foreign: readonly WiredPort[],
): UsageError {
  const { ids } = connectome.cells;
  const lines = ports.map((port) => {
    const { way, option, cells, unknown } = port;
    const field =
      option === undefined ? `the cells of its ${way.slice(0, -1)} "${port.port}"` : `task.${option}`;
    const near = foreign.includes(port) ? [] : nearestNames(unknown[0]!, ids);
    const advice = near.length > 0 ? `. Did you mean ${near.join(' or ')}?` : '';
    return `  ${field}: ${unknown.length} of ${cells.length} are not in it: ${shown(unknown)}${advice}`;
  });
  const option = ports.find((port) => port.option !== undefined)?.option;
  const byName =
    option === undefined
      ? ''
      : ` Name cells of it, one field each, such as --set 'task.${option}=${JSON.stringify(ids.slice(0, 2))}'.`;
  const byRole = ports.some((port) => foreign.includes(port))
    ? ' Or say in the table which cells are sensory, motor or muscles ("connectome import --cells" with a ' +
      'column "role"): the wiring then follows from that.'
    : '';
  return new UsageError(
    `The task "${task.name}" drives and reads cells that the connectome "${connectome.id}" lacks:\n${lines.join('\n')}\n` +
      `Its cells are ${shown(ids, 12)} (${ids.length} in all).${byName}${byRole}`,
  );
}

/**
 * Fits the wiring of a task to a connectome. Where a task's own defaults name no cell of it, the cells that the table says
 * are sensory, motor or muscles take their place: they are dealt out to the task's ports, left and right by their names.
 * @returns the task, with what was changed as the options that would say the same
 * @throws UsageError where cells are named that the connectome lacks and no role says which to take
 */
export function fittedWiring(
  task: TaskSpec,
  connectome: Connectome,
): { task: TaskSpec; changed: Readonly<Record<string, readonly string[]>> } {
  const defaults = defaultsOf(task);
  const ports = portsOf(task, defaults, connectome);
  const unfit = ports.filter(({ unknown }) => unknown.length > 0);
  if (unfit.length === 0) return { task, changed: {} };
  const foreign = unfit.filter(
    ({ option, cells, unknown }) =>
      option !== undefined && unknown.length === cells.length && sameList(defaults[option], cells),
  );
  const changed: Record<string, readonly string[]> = {};
  for (const way of ['inputs', 'outputs'] as const) {
    const here = foreign.filter((port) => port.way === way);
    const shares = dealt(cellsByRole(connectome, way), here);
    here.forEach(({ option }, i) => {
      if (shares[i]!.length > 0) changed[option!] = shares[i]!;
    });
  }
  const left = unfit.filter(({ option }) => option === undefined || changed[option] === undefined);
  if (left.length > 0) throw lacking(task, connectome, left, foreign);
  return { task: { ...task, ...changed }, changed };
}

/** What is said of a wiring that was made up from roles. */
export function wiringNotice(
  { id }: Connectome,
  changed: Readonly<Record<string, readonly string[]>>,
): string {
  const fields = Object.entries(changed).map(
    ([option, cells]) => `task.${option} ${cells.length} (${shown(cells)})`,
  );
  return (
    `The task's own cells are not in "${id}", so cells are taken by their roles in its table: ${fields.join(', ')}. ` +
    `--set 'task.${Object.keys(changed)[0]}=["NAME", …]' chooses others.`
  );
}
