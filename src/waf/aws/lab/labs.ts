import type { LabServer } from '../../../contract/lab-server.js';

/** A web ACL that this program evaluates, with the API of AWS WAF beside it. */
export const awsLabs: readonly LabServer[] = [
  { name: 'aws', logFormats: ['json'], start: async (options) => (await import('./aws-lab.js')).startAwsLab(options) },
];
