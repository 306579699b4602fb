import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';

export const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Every way in which a page sends a file that somebody has picked or dropped. */
const page = `<!doctype html><meta charset=utf-8><title>Files</title>
<form id=f method=post action=/form enctype=multipart/form-data><fieldset><legend>Your files</legend>
<input name=note value="a &amp; b"><input type=file name=up multiple></fieldset><button>Send them</button></form>
<div id=zone>drop here</div>
<script>
const files = () => document.querySelector('[type=file]').files;
zone.addEventListener('dragover', (event) => event.preventDefault());
zone.addEventListener('drop', async (event) => {
  event.preventDefault();
  const data = new FormData();
  for (const file of event.dataTransfer.files) data.append('dropped', file);
  await fetch('/dropped', { method: 'POST', body: data });
  zone.textContent = 'done';
});
const xhr = (path, body) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  request.open('PUT', path);
  request.onload = resolve;
  request.send(body);
});
window.send = {
  formData: () => { const data = new FormData(); data.append('t', 'v'); for (const one of files()) data.append('f', one); return fetch('/formdata', { method: 'POST', body: data }); },
  fetchFile: () => fetch('/fetchfile', { method: 'POST', body: files()[0] }),
  xhrFile: () => xhr('/xhrfile', files()[0]),
  blob: () => fetch('/blob', { method: 'POST', body: new Blob([new Uint8Array([0, 255, 254, 128, 10, 65])]) }),
  bytes: () => fetch('/bytes', { method: 'PATCH', body: new Uint8Array([137, 80, 78, 71, 0, 255]) }),
  sliced: () => fetch('/sliced', { method: 'POST', body: files()[0].slice(1, 70000) }),
  worker: () => new Promise((resolve) => { const worker = new Worker(URL.createObjectURL(new Blob(["fetch('" + location.origin + "/worker', { method: 'POST', body: 'w=1&x=' + 'y'.repeat(9) }).then(() => postMessage(1))"]))); worker.onmessage = resolve; }),
  serviceWorker: async () => { await navigator.serviceWorker.register('/worker.js'); await navigator.serviceWorker.ready; if (navigator.serviceWorker.controller === null) await new Promise((resolve) => { navigator.serviceWorker.oncontrollerchange = resolve; }); return fetch('/through-service-worker', { method: 'POST', body: files()[0] }); },
  beacon: () => navigator.sendBeacon('/beacon', new Blob(['{"e":1}'], { type: 'text/plain' })),
};
</script>`;

const worker = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => event.request.method === 'POST' && event.respondWith(fetch(event.request)));`;

/** A site that keeps the bytes of what it is sent. */
export function uploadSite() {
  const seen = new Map<string, Buffer>();
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method !== 'GET') seen.set(`${request.method} ${request.url}`, Buffer.concat(chunks));
    if (request.url === '/worker.js') return void response.setHeader('Content-Type', 'text/javascript').end(worker);
    if (request.url === '/form') return void response.writeHead(303, { Location: '/' }).end();
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  };
  return { listener, seen };
}

/** Does all of it, as a person would as far as there is a button. */
export const clicks = `
export default async (page) => {
  const [empty, large, odd] = ['empty.bin', 'large.bin', \`it's "odd" \\u00fcber \\u65e5\\u672c.bin\`];
  await page.setInputFiles('[type=file]', [empty, large, odd]);
  await Promise.all([page.waitForURL('**/'), page.click('text=Send them')]);
  await page.setInputFiles('[type=file]', [odd, empty]);
  for (const name of ['formData', 'fetchFile', 'xhrFile', 'blob', 'bytes', 'sliced', 'worker', 'serviceWorker', 'beacon'])
    await page.evaluate(async (key) => { await window.send[key](); }, name);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([0, 1, 2, 255, 13, 10, 45, 45])], 'a "b" \\u00e9.dat', { type: 'image/png' }));
    data.items.add(new File([], 'nothing.txt'));
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector('text=done');
};
`;
