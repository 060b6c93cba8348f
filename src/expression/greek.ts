/** Names of the letters from U+03B1 on; the empty one is the final sigma. */
const letters = [
  ...['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mu'],
  ...['nu', 'xi', 'omicron', 'pi', 'rho', '', 'sigma', 'tau', 'upsilon', 'phi', 'chi', 'psi', 'omega'],
];

/** Capitals that LaTeX has a command for; the others look like Latin letters. */
const capitals = [
  ...['Gamma', 'Delta', 'Theta', 'Lambda', 'Xi', 'Pi', 'Sigma', 'Upsilon', 'Phi', 'Psi', 'Omega'],
];

/** Names that LaTeX has a command for. */
export const greekCommands: ReadonlySet<string> = new Set([
  ...letters.filter((name) => name !== '' && name !== 'omicron'),
  ...capitals,
]);

/** `tau` for τ, `Delta` for Δ. */
export function greekName(character: string): string | undefined {
  const code = character.codePointAt(0)!;
  // The micro sign is a character of its own.
  const small = code === 0xb5 ? 'mu' : letters[code - 0x3b1];
  if (small) return small;
  const capital = letters[code - 0x391];
  return capital ? capital[0]!.toUpperCase() + capital.slice(1) : undefined;
}

/** `τ` for tau, `Δ` for Delta. */
export function greekCharacter(name: string): string | undefined {
  if (!greekCommands.has(name)) return undefined;
  const small = name[0]!.toLowerCase() + name.slice(1);
  return String.fromCodePoint((small === name ? 0x3b1 : 0x391) + letters.indexOf(small));
}
