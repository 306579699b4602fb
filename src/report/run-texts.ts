import type { Fact, Repeats, StreamedReport, TargetInfo, WafInfo, WafMode } from '../model/report.js';
import { printable } from '../util/printable.js';
import { digestOf } from './result-digest.js';

const modes: Readonly<Record<WafMode, string>> = { block: 'blocking', detect: 'detecting only' };

/** `ModSecurity 3.0.9`, or which WAF it is where the version is not known. */
export function engineName({ kind, name = kind, version = name }: WafInfo): string {
  return version;
}

/** What is known of the WAF, for the head of a report. */
export function wafFacts({ waf }: TargetInfo): readonly Fact[] {
  const { ruleset, facts = [], mode } = waf;
  return [
    { label: 'Engine', value: engineName(waf) },
    ...(ruleset === undefined ? [] : [{ label: 'Rule set', value: ruleset }]),
    ...facts,
    ...(mode === undefined ? [] : [{ label: 'Mode', value: modes[mode] }]),
  ];
}

/** When a run was made, how long it took, and with what. */
export function runFacts(report: StreamedReport): readonly Fact[] {
  const asked = probingText(report);
  return [
    { label: 'Started', value: formatInstant(report.startedAt) },
    { label: 'Duration', value: formatDuration(report.durationMs) },
    { label: 'Tool', value: `${report.tool.name} ${report.tool.version}` },
    ...(asked === undefined ? [] : [{ label: 'Triage', value: asked }]),
    ...(report.seed === undefined ? [] : [{ label: 'Seed', value: `${report.seed}` }]),
  ];
}

/** What was sent beside the cases, and what it did not come to. */
export function probingText({ probing }: StreamedReport): string | undefined {
  if (probing === undefined) return undefined;
  const { endpoints, requests, left, ended } = probing;
  const notAsked = left === 0 ? '' : `; ${formatCount(left)} not asked${ended === undefined ? '' : `: ${ended}`}`;
  return `${plural(requests, 'request')} at ${plural(endpoints, 'endpoint')}${notAsked}`;
}

/** `blocked in 3 of 10 sendings (95 % sure: in 11 % to 60 %)` */
export function formatRepeats({ sent, blocked, low, high }: Repeats): string {
  return `blocked in ${blocked} of ${plural(sent, 'sending')} (95 % sure: in ${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `1 case`, `1,200 cases`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `20,000` */
export function formatCount(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `340 ms`, `1.2 s`, `3 min 20 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `2026-11-22 20:00:00 UTC` from ISO 8601. */
function formatInstant(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2 UTC');
}

/** What casts doubt on the log of a run, and what is wrong with the configuration of its WAF. */
export function warningTexts(report: StreamedReport): readonly string[] {
  const { warnings = [] } = report.target.waf;
  return [
    forgedText(report),
    contradictedText(report),
    unreadText(report),
    ...warnings.map((text) => `Warning: ${printable(text)}`),
  ].filter((text) => text !== undefined);
}

function forgedText({ forged = 0 }: StreamedReport): string | undefined {
  if (forged === 0) return undefined;
  const entries = forged === 1 ? 'entry in the log has an id' : 'entries in the log have ids';
  return `Forged: ${formatCount(forged)} ${entries} of this run and ${forged === 1 ? 'is' : 'are'} of other requests, which decided nothing`;
}

/** How many answers the log contradicts; nothing where none is. */
function contradictedText(report: StreamedReport): string | undefined {
  const count = digestOf(report).contradicted;
  if (count === 0) return undefined;
  const cases =
    count === 1 ? 'of 1 case contradicts its answer' : `of ${formatCount(count)} cases contradicts their answers`;
  return `The WAF's log ${cases}, and the answer counts: each case says how`;
}

/** How many bodies no rule has seen; nothing where none is. */
function unreadText(report: StreamedReport): string | undefined {
  const { unread } = digestOf(report);
  if (unread === 0) return undefined;
  const bodies = unread === 1 ? 'the body of 1 case' : `the bodies of ${formatCount(unread)} cases`;
  return `The engine could not read ${bodies} and let the request pass: its rules have not seen what is in there`;
}

/** A fact in a line of others: a rule set and a mode speak for themselves, a number needs its name. */
export function factText(label: string, value: string): string {
  return /^\d+$/.test(value) ? `${label.toLowerCase()} ${value}` : value;
}
