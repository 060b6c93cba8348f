// JavaScript, as tsx registers itself in the main thread alone.
import { register } from 'tsx/esm/api';

register();
const { carryOut } = await import('./runs.ts');

/** One run of the study on a thread of its own. */
export default ({ job, root, what }) => carryOut(job, root, what);
