import { isDeepStrictEqual } from 'node:util';
import { type Arm, type CurvePanel, curvesFigure } from '../../figure/curves.js';
import type { Figure, FigureRow } from '../../figure/figure.js';
import type { TaskFigure, TracedEpisode } from '../task.js';

/** A task's figure of curves, in what it differs from that of another task. */
interface CurvesOfLives<Trace> {
  /** Of the file. */
  name: string;
  /** @param scenario that was lived */
  title(scenario: string): string;
  panels(arms: readonly Arm<Trace>[]): readonly CurvePanel[];
  /** Where something changed in the first life that is shown, and what, in words. */
  marks?: { of(first: Trace): readonly number[]; about: string };
  /** What the values follow each other by; trials where absent. */
  below?: string;
  /** What is said of how a life went: its score where absent. */
  score?: { word: string; text(life: TracedEpisode<Trace>): string };
  /** What else is said of the life after evolution. */
  beside?(after: TracedEpisode<Trace>): string;
  /** How the lives of a condition are shown: their mean where absent. */
  shown?: 'the first';
  /** Rows below the curves. */
  more?(arms: readonly Arm<Trace>[]): readonly FigureRow[];
}

/** Curves of the life before evolution and of that after, and of several conditions. */
export function curvesOfLives<Trace>({
  name,
  title,
  panels,
  marks,
  below,
  score = { word: 'score', text: (life) => life.score.toFixed(3) },
  beside = () => '',
  shown,
  more = () => [],
}: CurvesOfLives<Trace>) {
  const figureOf = (heading: string, subtitle: string, arms: readonly Arm<Trace>[]): Figure => {
    const first = arms[0]?.traces[0];
    const figure = curvesFigure({
      title: heading,
      subtitle,
      names: arms.map((arm) => arm.name),
      panels: panels(arms),
      marks: marks && first ? marks.of(first) : [],
      ...(below === undefined ? {} : { below }),
    });
    return { ...figure, rows: [...figure.rows, ...more(arms)] };
  };
  return {
    name,
    lives: (before, after) => {
      const [start, end] = [before[0]!, after[0]!];
      return figureOf(
        title(end.scenario),
        (marks ? `dashed: ${marks.about}; ` : '') +
          `${score.word} ${score.text(start)} before evolution, ${score.text(end)} after${beside(end)}` +
          (isDeepStrictEqual(start.trace, end.trace)
            ? '; both lives are the same, so their lines are one'
            : ''),
        [
          { name: 'before evolution', traces: [start.trace] },
          { name: 'after', traces: [end.trace] },
        ],
      );
    },
    arms: (heading: string, arms: readonly Arm<Trace>[]) => {
      const { length } = arms[0]!.traces;
      const what =
        shown === undefined ? `mean of ${length} lives, shaded: ± SD` : `the first of ${length} lives`;
      return figureOf(heading, what + (marks ? `; dashed: ${marks.about}` : ''), arms);
    },
  } satisfies TaskFigure<Trace>;
}
