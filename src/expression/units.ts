export { parseUnit, type Unit } from './unit.js';
