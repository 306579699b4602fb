export { lazyCatalog, type StartedEngine, startEngine } from './wafs.js';
