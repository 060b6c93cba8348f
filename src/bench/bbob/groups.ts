/** The test bed's five groups, by their first and last functions. */
export const groups = [
  { name: 'separable', from: 1, to: 5 },
  { name: 'moderate', from: 6, to: 9 },
  { name: 'ill-conditioned', from: 10, to: 14 },
  { name: 'multimodal', from: 15, to: 19 },
  { name: 'weakly structured', from: 20, to: 24 },
] as const;
