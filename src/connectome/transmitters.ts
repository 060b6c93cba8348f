/** Short names of transmitters, by the spellings that published tables use (lower case). */
const shortNames: Record<string, string> = {
  acetylcholine: 'ACh',
  ach: 'ACh',
  glutamate: 'Glu',
  glu: 'Glu',
  gaba: 'GABA',
  dopamine: 'DA',
  da: 'DA',
  serotonin: '5HT',
  '5-ht': '5HT',
  '5ht': '5HT',
  octopamine: 'OA',
  octapamine: 'OA',
  tyramine: 'TA',
  fmrfamide: 'FMRFamide',
  frmfemide: 'FMRFamide',
};

const unknown = new Set(['', 'none', 'unknown', 'na', 'n/a', '-']);

/**
 * The transmitters that a table's entry names, in short form and sorted: "Serotonin_Acetylcholine" gives
 * ["5HT", "ACh"]. A name that is not known is kept as it is.
 */
export function transmitterNames(entry: string): string[] {
  if (unknown.has(entry.trim().toLowerCase())) return [];
  const names = entry
    .split(/[_,;+&/]/)
    .map((part) => part.trim())
    .filter((part) => !unknown.has(part.toLowerCase()))
    .map((part) => {
      const key = part.toLowerCase();
      return Object.hasOwn(shortNames, key) ? shortNames[key]! : part;
    });
  return [...new Set(names)].sort();
}
