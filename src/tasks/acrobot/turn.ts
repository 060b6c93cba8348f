/** An angle within half a turn of 0. */
export const reduceTurn = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
