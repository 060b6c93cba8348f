/** Whether a field of a user's part is of a kind: what `fittingFields` asks. */
export const isText = (value: unknown) => typeof value === 'string' && value !== '';
export const isFunction = (value: unknown) => typeof value === 'function';
export const isObject = (value: unknown) => typeof value === 'object' && value !== null;
export const isAbsentOr = (fits: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || fits(value);
