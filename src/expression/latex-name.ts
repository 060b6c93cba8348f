import { greekCommands } from './greek.js';

/** Physical quantities whose letter is followed by what they are of: VT, EL, VThreshold. */
const quantity = /^([VEICRG])([A-Z][a-z]*)$/;
/** tauMembrane, gNa, w2: a head and what is set below it. Capitals alone are an abbreviation: GABA. */
const compound = /^([A-Z]?[a-z]+|[A-Z](?=\d))([A-Z0-9].*)$/;

function letters(text: string): string {
  if (greekCommands.has(text)) return `\\${text}`;
  return text.length === 1 ? text : `\\mathrm{${text}}`;
}

/** A word begins small below the line (Membrane), an ion does not (Na). */
function below(part: string): string {
  const small = /^[A-Z][a-z]{2,}/.test(part) ? part[0]!.toLowerCase() + part.slice(1) : part;
  return /^\d+$/.test(small) ? small : `\\mathrm{${small}}`;
}

/** `tau_m` and `tauM` as `\tau_{\mathrm{m}}`: Greek names as letters, the rest of a name as a subscript. */
export function latexName(name: string): string {
  const [first, ...rest] = name.split(/[._]+/).filter((part) => part !== '');
  if (first === undefined) return `\\mathrm{${name.replaceAll('_', '\\_')}}`;
  const split = greekCommands.has(first) ? null : (quantity.exec(first) ?? compound.exec(first));
  const [head, subscripts] = split ? [split[1]!, [split[2]!, ...rest]] : [first, rest];
  if (subscripts.length === 0) return letters(head);
  return `${letters(head)}_{${subscripts.map(below).join(', ')}}`;
}
