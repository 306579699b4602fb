import { resolve } from 'node:path';
import { readPast } from '../../evidence/past-stream.js';
import { fail } from '../../model/error.js';
import type { Wished } from '../../triage/logs/join-lines.js';
import type { TriageMaterial } from '../../triage/material.js';
import { readHar } from '../../triage/saved/read-har.js';
import { readResponse } from '../../triage/saved/read-response.js';
import { isTranscript, readTranscript } from '../../triage/saved/read-transcript.js';
import { looksRefused } from '../../triage/triage.js';
import { reasonOf } from '../../util/reason-of.js';
import type { World } from '../world.js';
import { readLogs } from './read-logs.js';
import { readSent } from './sent-by-command.js';

/** Where saved material is; `-` is standard input. */
export interface SavedPlaces {
  /** The answer, or what `curl -v` or `curl -i` printed. */
  readonly response?: string;
  /** The curl command, or the request as it went out. */
  readonly command?: string;
  readonly logs?: readonly string[];
  /** `capture.har#3`: the entry with that number, from 1. */
  readonly har?: string;
}

/**
 * Reads what was saved of one refused request.
 * @throws WafproofError `TRIAGE_UNREADABLE`
 */
export async function readSaved(places: SavedPlaces, world: World): Promise<TriageMaterial> {
  const shown = await readShown(places, world);
  const command =
    places.command === undefined ? undefined : await readSent(await readAll(places.command, world), world.cwd);
  const sent = command ?? shown.sent;
  const material = { ...shown, ...(sent && { sent }) };
  return { ...material, ...(await readLogs(logsIn(places, world), wishedOf(material), world)) };
}

function logsIn({ logs = [] }: SavedPlaces, world: World) {
  return logs.map((place) => ({ place, bytes: () => bytesOf(place, world) }));
}

async function readShown({ response, har }: SavedPlaces, world: World): Promise<TriageMaterial> {
  if (har !== undefined) return readEntry(har, world);
  if (response === undefined) return {};
  const text = await readAll(response, world);
  const shown = isTranscript(text) ? readTranscript(text) : readResponse(text);
  if (response === '-' && !isAnswer(text, shown)) throw fail('TRIAGE_UNREADABLE', { what: response, reason: noAnswer });
  return shown;
}

const noAnswer =
  'nothing in it is an answer: neither a status line (HTTP/1.1 403 Forbidden) nor what curl says nor a page or JSON';

/** Where a text has no status line, it may still be the body of an answer, or what a client says. */
function isAnswer(text: string, { outcome, sent, clientSays }: TriageMaterial): boolean {
  if (sent !== undefined || clientSays !== undefined || outcome === undefined) return true;
  if (outcome.kind === 'failed') return text.trim() !== '';
  return outcome.status !== 0 || /^\s{0,200}[<{[]/.test(text) || looksRefused(outcome);
}

async function readEntry(har: string, world: World): Promise<TriageMaterial> {
  const [, path = har, number] = /^(.*)#(\d{1,9})$/s.exec(har) ?? [];
  const entry = readHar(await readAll(path, world), number === undefined ? undefined : Number(number));
  if (entry.kind === 'read') return entry.material;
  throw fail('TRIAGE_UNREADABLE', { what: path, reason: entry.reason });
}

const mostText = 8 * 1024 * 1024;

/** The beginning of a file as text; bytes that are no UTF-8 are shown as such. */
async function readAll(place: string, world: World): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const bytes of bytesOf(place, world)) {
    pieces.push(Buffer.from(bytes));
    length += bytes.length;
    if (length >= mostText) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}

async function* bytesOf(place: string, { cwd, signal }: World): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const { bytes } of readPast(place === '-' ? '-' : resolve(cwd, place), signal)) yield bytes;
  } catch (cause) {
    throw fail('TRIAGE_UNREADABLE', { what: place, reason: reasonOf(cause) }, { cause });
  }
}

function wishedOf({ sent, outcome }: TriageMaterial): Wished {
  if (outcome?.kind !== 'answered') return { ...(sent && { sent }) };
  const date = outcome.headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
  const at = Date.parse(date ?? '');
  const status = outcome.status === 0 ? {} : { status: outcome.status };
  return { ...(sent && { sent }), ...status, ...(!Number.isNaN(at) && { at }) };
}
