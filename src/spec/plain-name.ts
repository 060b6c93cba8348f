/** A name that may be a file's or a folder's on every system, and needs no quotes. */
export const plainName = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** In words, for messages. */
export const plainNameAbout = 'letters, digits, dots, dashes and underscores';
