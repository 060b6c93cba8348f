import { ink, textSize } from '../figure/theme.js';

/** A plain linear axis of chart.js with a title that names its unit. */
export function linearAxis<T extends object>(title: string, extra: T) {
  return {
    type: 'linear',
    title: { display: true, text: title, color: ink.text, font: { size: textSize.axis } },
    grid: { color: ink.grid },
    border: { color: ink.axis },
    ticks: { color: ink.text, maxRotation: 0, autoSkipPadding: 12 },
    ...extra,
  } as const;
}
