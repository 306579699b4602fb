/** Reads one log to its end and sends the most memory that it took, in bytes. Started by the bench `logs`. */
import { readLog } from './log-readings.js';

const [, , path = '', prefix = ''] = process.argv;
const { found } = await readLog(path, prefix);
process.send?.({ found, peakBytes: process.resourceUsage().maxRSS * 1024 }, () => process.disconnect());
