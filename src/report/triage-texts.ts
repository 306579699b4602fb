import type { Confidence, Layer } from '../model/triage.js';

const layerNames: Readonly<Record<Layer, string>> = {
  client: 'the client itself',
  'egress-proxy': 'a proxy of this network',
  edge: 'the CDN or edge',
  waf: 'the WAF',
  gateway: 'the API gateway or load balancer',
  server: 'the web server',
  os: 'the operating system of the server',
  runtime: 'the runtime of the application',
  application: 'the application',
  storage: 'the storage',
  unknown: 'somebody',
};

/** Who refuses, in a sentence. Reports of earlier versions have other words, which stay as they are. */
export function layerName(layer: string): string {
  return isLayer(layer) ? layerNames[layer] : layer;
}

function isLayer(word: string): word is Layer {
  return Object.hasOwn(layerNames, word);
}

/** `waf-rule` is spoken of as `WAF rule`. */
export function causeName(cause: string): string {
  return cause.replaceAll('-', ' ').replace(/^waf|^ip|^tls|^csrf|^cors/, (word) => word.toUpperCase());
}

export const confidenceNames: Readonly<Record<Confidence, string>> = {
  proved: 'proved',
  likely: 'likely',
  possible: 'possible',
  none: 'not decided',
};
