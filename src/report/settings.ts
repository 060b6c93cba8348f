/** Of a list, so many entries are shown. */
const mostEntries = 6;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const shown = value.slice(0, mostEntries).map(valueText).join(' ');
    return value.length > mostEntries ? `${shown} … (${value.length})` : shown;
  }
  if (!isRecord(value)) return value === null ? 'none' : String(value);
  // An own part is written out in full in the record: its name says which.
  if (typeof value.name === 'string') return value.name;
  const { kind, ...fields } = value;
  const inner = settingsText(fields);
  if (typeof kind === 'string') return inner === '' ? kind : `${kind} (${inner})`;
  return inner === '' ? 'none' : `(${inner})`;
}

/** Settings as words: `population 64, selection proportional (fraction 0.5)`. */
export function settingsText(settings: Readonly<Record<string, unknown>>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
}

/** A part of a run with its settings: `ga: population 64, elites 1`. */
export function partText({ name, module, ...settings }: Readonly<Record<string, unknown>>): string {
  const text = settingsText(settings);
  const named =
    isRecord(module) && typeof module.path === 'string' ? `${String(name)} (${module.path})` : String(name);
  return text === '' ? named : `${named}: ${text}`;
}
