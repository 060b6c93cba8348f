/** A quantity with its unit and the range in which it makes sense. */
export interface Parameter {
  unit: string;
  default: number;
  low: number;
  high: number;
  about: string;
}

/** The description of a cell model; how it runs is the kernel's affair. */
export interface CellModel {
  summary: string;
  source: string;
  state: Readonly<Record<string, { unit: string; start: number }>>;
  parameters: Readonly<Record<string, Parameter>>;
}
