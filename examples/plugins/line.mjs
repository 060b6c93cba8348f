/** How far one control interval moves the body: half a unit a trial for a push of one all along; NaN where it broke down. */
export const soundDistance = (push, steps) => (Number.isFinite(push) ? (0.5 * push) / steps : Number.NaN);
