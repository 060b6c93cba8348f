import { loadAssembler } from '../src/kernel/assemble.js';

// Networks are compiled in many tests; the assembler is loaded once a file.
await loadAssembler();
