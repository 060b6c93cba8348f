export { type Connectome, cellIndex, signedWeights } from './connectome/connectome.js';
export { connectomeNames, loadConnectome } from './connectome/load.js';
