/** Units by the beginnings of their written names, as people spell and shorten them; a plural s may follow. */
const words: Readonly<Record<string, readonly string[]>> = {
  s: ['second', 'sec'],
  V: ['volt'],
  A: ['ampere', 'amp'],
  S: ['siemens', 'mho'],
  F: ['farad'],
  Ohm: ['ohm'],
  Hz: ['hertz'],
  m: ['metre', 'meter'],
  g: ['gram', 'gramme'],
  K: ['kelvin'],
  mol: ['mole'],
  M: ['molar'],
  L: ['litre', 'liter'],
  N: ['newton'],
  J: ['joule'],
  C: ['coulomb'],
  rad: ['radian'],
  '%': ['percent'],
};

const prefixWords: Readonly<Record<string, string>> = {
  femto: 'f',
  pico: 'p',
  nano: 'n',
  micro: 'u',
  milli: 'm',
  centi: 'c',
  kilo: 'k',
  mega: 'M',
  giga: 'G',
};

const symbolOf = new Map(
  Object.entries(words).flatMap(([symbol, spelled]) =>
    spelled.flatMap((word) => [word, `${word}s`].map((text) => [text, symbol] as const)),
  ),
);

/** Longer than a prefix reaches: how many seconds they are. */
const longTimes: Readonly<Record<string, string>> = {
  min: '60 s',
  minute: '60 s',
  h: '3600 s',
  hour: '3600 s',
};

/** What stands for a unit that was written out, such as ms for msec or milliseconds; undefined where nothing does. */
export function unitMeant(written: string): string | undefined {
  const text = written.toLowerCase();
  const time = longTimes[text.replace(/s$/, '')];
  if (time !== undefined) return time;
  for (const [word, prefix] of Object.entries(prefixWords)) {
    const symbol = text.startsWith(word) ? symbolOf.get(text.slice(word.length)) : undefined;
    if (symbol !== undefined) return prefix + symbol;
  }
  const whole = symbolOf.get(text);
  if (whole !== undefined) return whole;
  const symbol = symbolOf.get(text.slice(1));
  const prefix = /^[fpnumckMG]/.exec(written)?.[0];
  return symbol !== undefined && prefix !== undefined ? prefix + symbol : undefined;
}
