import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineObjective, defineStrategy, defineTask } from '../../src/index.js';
import { objectiveParts } from '../../src/objectives/table.js';

describe('parts of one’s own, defined', () => {
  it('are what was given, with options of the types of their defaults', () => {
    const objective = {
      summary: 'less than a limit',
      options: { limit: { default: 3 }, strict: { default: true }, cells: { default: ['A', 'B'] } },
    } as const;
    const defined = defineObjective({
      ...objective,
      value: (life, { limit, strict, cells }) => {
        expectTypeOf(limit).toEqualTypeOf<number>();
        expectTypeOf(strict).toEqualTypeOf<boolean>();
        expectTypeOf(cells).toEqualTypeOf<readonly string[]>();
        return strict && life.score > limit ? 0 : cells.length;
      },
    });
    expect(defined).toMatchObject(objective);
    const { options, value } = objectiveParts.adopt(defined, 'mine');
    const life = { score: 4, measures: {}, energy: 0, genesChanged: 0, formulaSize: 0 };
    expect(value(life, options.parse({}))).toBe(0);
    expect(value(life, options.parse({ limit: 9 }))).toBe(2);
  });

  it('may do without options, and what is missing is told by the types', () => {
    // @ts-expect-error a strategy restarts
    expect(defineStrategy({ summary: 'never asks', create: () => undefined as never }).summary).toBe(
      'never asks',
    );
    const task = {
      summary: 'nothing to do',
      lives: 'on-connectome' as const,
      prepare: () => ({ scenarios: [], wiring: { inputs: {}, outputs: {} }, live: () => ({ score: 0 }) }),
    };
    // @ts-expect-error a task says what chance is
    expect(defineTask(task)).toBe(task);
  });
});
