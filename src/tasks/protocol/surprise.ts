/** How far a reward moves the running mean of rewards towards its own. */
const rate = 0.1;

/** Says of each reward how far it is from the running mean of those before, which begins where answers are tossed. */
export function surprises(): (reward: number) => number {
  let mean = 0.5;
  return (reward) => {
    const surprise = reward - mean;
    mean += rate * surprise;
    return surprise;
  };
}
