import type { Vitals } from '../evaluate/vitals.js';
import { count } from '../figure/theme.js';
import { figure } from './numbers.js';
import type { ReportField } from './report.js';

/** Whether it matters that figures stand outside their ranges; nothing where none does. */
export function aboutFilters(filters: Vitals['filters']): string[] {
  const told = filters.filter(({ value }) => Number.isFinite(value));
  const outside = told.filter(({ ok }) => !ok).length;
  if (outside === 0) return [];
  return [
    `${outside} of ${told.length} outside: the ranges are for networks like those of cortex (Confavreux et al. 2023). The score does not depend`,
    'on them, and a network at a task may well leave them. It matters only where the activity itself should resemble that of cortex.',
  ];
}

/** What a network did in its life, named. */
export const vitalsFields = (vitals: Vitals): ReportField[] => [
  ['rate, Hz', figure(vitals.rateHz)],
  ['CV of intervals', figure(vitals.cvIsi)],
  ['spikes', count(Math.round(vitals.spikes))],
  ['synaptic events', count(Math.round(vitals.synapticEvents))],
  ['operations a cell and second', figure(vitals.operationsPerCellS)],
  [
    'active in 20 ms',
    `${figure(vitals.activeShare)} of the cells (0.3 to 0.4 would carry most for their cost: Wang et al. 2020)`,
  ],
  ['bits a spike, at most', figure(vitals.bitsPerSpike)],
  ...(vitals.beyondReach > 0
    ? ([
        [
          'steps of cells out of reach',
          `${count(Math.round(vitals.beyondReach))}: the integrator overshoots there; try exponential-euler, or a smaller step`,
        ],
      ] as const)
    : []),
  ...(Number.isFinite(vitals.weightEnd)
    ? ([
        ['mean weight that learns', `${figure(vitals.weightStart)} -> ${figure(vitals.weightEnd)}`],
        ['weights at a bound', figure(vitals.saturated)],
      ] as const)
    : []),
];
