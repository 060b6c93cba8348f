import { describe, expect, it } from 'vitest';
import { connectomeFromTable } from '../../src/connectome/load.js';
import type { ConnectomeTable } from '../../src/connectome/schema.js';
import { fittedWiring, wiringNotice } from '../../src/evolve/wiring.js';
import { smallTable } from '../connectome/small-table.js';

function connectomeOf(rows: ConnectomeTable['cells']['rows']) {
  const { counts: _, gap: __, modulators: ___, aliases: ____, ...table } = smallTable();
  return connectomeFromTable(
    {
      ...table,
      cells: { columns: ['id', 'class', 'kind', 'role'], rows },
      chemical: { pre: [0], post: [1], weight: [1], sign: '+' },
    },
    'test',
  );
}

const withRoles = connectomeOf([
  ['s1', 's', 'n', 's'],
  ['s2', 's', 'n', 's'],
  ['s3', 's', 'n', 'si'],
  ['i', 'i', 'n', 'i'],
  ['mL', 'm', 'n', 'm'],
  ['nL', 'm', 'n', 'm'],
  ['mR', 'm', 'n', 'im'],
]);
const bare = connectomeOf([
  ['a', 'a', 'n', ''],
  ['b', 'b', 'n', ''],
]);

describe("a task's wiring on a connectome that lacks its cells", () => {
  it('follows from the roles in the table, sides from names, and is said', () => {
    const { task, changed } = fittedWiring({ name: 'foraging' }, withRoles);
    const wiring = {
      touchCells: ['s1', 's3'],
      foodCells: ['s2'],
      leftMuscles: ['mL', 'nL'],
      rightMuscles: ['mR'],
    };
    expect(changed).toEqual(wiring);
    expect(task).toMatchObject({ name: 'foraging', ...wiring });
    expect(wiringNotice(withRoles, changed)).toContain(
      'task.touchCells 2 (s1, s3), task.foodCells 1 (s2), task.leftMuscles 2 (mL, nL), task.rightMuscles 1 (mR)',
    );
  });

  it('takes muscles rather than motor neurons, in turn where names say no side', () => {
    const { changed } = fittedWiring(
      { name: 'foraging' },
      connectomeOf([
        ['s', 's', 'n', 's'],
        ['t', 's', 'n', 's'],
        ['n', 'n', 'n', 'm'],
        ['x', 'x', 'm', ''],
        ['y', 'y', 'm', ''],
        ['z', 'z', 'm', ''],
      ]),
    );
    expect([changed.leftMuscles, changed.rightMuscles]).toEqual([['x', 'z'], ['y']]);
  });

  it('leaves fields alone that the user set', () => {
    const task = { name: 'foraging', touchCells: ['i'] };
    expect(fittedWiring(task, withRoles).changed).not.toHaveProperty('touchCells');
    expect(() => fittedWiring({ ...task, touchCells: ['s1', 'Q'] }, withRoles)).toThrow(
      'task.touchCells: 1 of 2 are not in it: Q',
    );
  });

  it('names every field and how to set it where no role says which cells to take', () => {
    let message = '';
    try {
      fittedWiring({ name: 'foraging' }, bare);
    } catch (error) {
      message = (error as Error).message;
    }
    for (const field of ['touchCells', 'foodCells', 'leftMuscles', 'rightMuscles'])
      expect(message).toContain(`task.${field}: `);
    expect(message).toContain(`--set 'task.touchCells=["a","b"]'`);
    expect(message).toContain('column "role"');
  });
});
