/** All keys in Redis begin with this. The braces would keep them on one node of a cluster. */
export const prefix = '{baldwin}';

export const queueKeys = {
  /** The bytes of a habitat, by their SHA-256. */
  habitat: (hash: string) => `${prefix}:habitat:${hash}`,
  /** A user's module with what it imports, by its SHA-256. */
  code: (hash: string) => `${prefix}:code:${hash}`,
  /** The lives of one job. */
  lives: (job: string) => `${prefix}:lives:${job}`,
  /** Answers to one coordinator, oldest first. */
  answers: (coordinator: string) => `${prefix}:answers:${coordinator}`,
  /** A member that is there; it expires where the member does not renew it. */
  member: (role: string, id: string) => `${prefix}:${role}:${id}`,
  members: (role: string) => `${prefix}:${role}s`,
  /** The engine's own record of a job. */
  job: (queue: string, job: string) => `${prefix}:${queue}:${job}`,
};

/** What is put into Redis once is kept there this long after it was last needed. */
export const keptSeconds = 24 * 3600;
