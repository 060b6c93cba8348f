import type { Vitals } from '../evaluate/vitals.js';
import { count } from '../figure/theme.js';
import { figure } from './numbers.js';
import type { ReportField } from './report.js';

/** What a network did in its life, named. */
export const vitalsFields = (vitals: Vitals): ReportField[] => [
  ['rate, Hz', figure(vitals.rateHz)],
  ['CV of intervals', figure(vitals.cvIsi)],
  ['spikes', count(Math.round(vitals.spikes))],
  ['synaptic events', count(Math.round(vitals.synapticEvents))],
  ['operations a cell and second', figure(vitals.operationsPerCellS)],
  ...(Number.isFinite(vitals.weightEnd)
    ? ([
        ['mean weight that learns', `${figure(vitals.weightStart)} -> ${figure(vitals.weightEnd)}`],
        ['weights at a bound', figure(vitals.saturated)],
      ] as const)
    : []),
];
