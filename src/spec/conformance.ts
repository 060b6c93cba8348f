import { inspect, isDeepStrictEqual } from 'node:util';

/** One thing that is asked of a part: it throws an error that says what was expected and what was found. */
export interface Check {
  name: string;
  run(): void | Promise<void>;
}

const shown = (value: unknown) => {
  const text = inspect(value, { depth: 4, maxArrayLength: 12, breakLength: 120 });
  return text.length > 600 ? `${text.slice(0, 600)} …` : text;
};

/** Refuses what does not hold. */
export function expectThat(holds: boolean, expected: string, found?: unknown): asserts holds {
  if (!holds) throw new Error(`expected ${expected}${found === undefined ? '' : `, found ${shown(found)}`}`);
}

/** Refuses what is not the same to the bit: 0 and -0 differ, NaN and NaN do not. */
export function expectSame(found: unknown, expected: unknown, what: string): void {
  expectThat(isDeepStrictEqual(found, expected), `${what} to be ${shown(expected)}`, found);
}

export function expectOther(found: unknown, other: unknown, what: string): void {
  expectThat(!isDeepStrictEqual(found, other), `${what} to differ from ${shown(other)}`, found);
}

/** Refuses what is not refused with an error whose message begins so. */
export function expectRefusal(act: () => unknown, begins: string): void {
  let message: string;
  try {
    act();
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
    expectThat(message.startsWith(begins), `a refusal that begins with "${begins}"`, message);
    return;
  }
  throw new Error(`expected a refusal that begins with "${begins}", found none`);
}
