import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../../src/record/browser/find-browser.js';
import { type BrowserLaunch, launchBrowser } from '../../../src/record/browser/launch-browser.js';
import { loadPlaywright } from '../../../src/record/browser/load-playwright.js';
import { chromium } from '../../report/browser.js';

const withBrowser = test.skipIf(chromium === undefined);
const never = new AbortController().signal;

async function launched(launch: Partial<BrowserLaunch> = {}) {
  const browser = await launchBrowser({ env: process.env, signal: never, ...launch });
  onTestFinished(() => browser.close());
  return browser;
}

async function pageServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.host ?? '');
    response.setHeader('content-type', 'text/html').end('<title>Shop</title>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, asked };
}

withBrowser('a name leads where it is told to, and the page sees the name', async () => {
  const { port, asked } = await pageServer();
  const browser = await launched({ hosts: { 'shop.example': `127.0.0.1:${port}` } });
  const page = await browser.newPage();
  await page.goto('http://shop.example/');
  expect(await page.title()).toBe('Shop');
  expect(new Set(asked)).toEqual(new Set(['shop.example']));
});

withBrowser('the signal ends it, whatever it is at', async () => {
  const ending = new AbortController();
  const browser = await launched({ signal: ending.signal });
  const gone = new Promise<void>((resolve) => browser.on('disconnected', () => resolve()));
  ending.abort();
  await gone;
  expect(browser.isConnected()).toBe(false);
});

withBrowser('one whose end was asked for while it started is ended', async () => {
  await expect(launched({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test('without the library, the error says how to install it', async () => {
  const missing = loadPlaywright(() => Promise.reject(new Error("Cannot find package 'playwright-core'")));
  await expect(missing).rejects.toMatchObject({
    code: 'BROWSER_LIBRARY',
    message: expect.stringContaining('npm install playwright-core'),
  });
});

test('without a browser, the error says what to install', async () => {
  const env = { PATH: '/nowhere', PLAYWRIGHT_BROWSERS_PATH: '/nowhere' };
  expect(await findBrowser({ env, ownPath: '/nowhere/chrome' })).toBeUndefined();
  await expect(launchBrowser({ env, signal: never })).rejects.toMatchObject({
    code: 'BROWSER_MISSING',
    message: expect.stringContaining('WAFPROOF_BROWSER'),
  });
});

test('a program that is no browser is named', async () => {
  const launch = launchBrowser({ env: { WAFPROOF_BROWSER: '/nowhere/chrome' }, signal: never });
  await expect(launch).rejects.toMatchObject({
    code: 'BROWSER_START',
    message: expect.stringContaining('/nowhere/chrome'),
  });
});

test('what is named comes first: our own variable, that of Playwright, what it has downloaded, what is installed', async () => {
  const own = process.execPath;
  const told = { PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: '/told' };
  expect(await findBrowser({ env: { WAFPROOF_BROWSER: 'msedge', ...told }, ownPath: own })).toEqual({
    channel: 'msedge',
  });
  expect(await findBrowser({ env: { WAFPROOF_BROWSER: './my/chrome', ...told }, ownPath: own })).toEqual({
    executablePath: './my/chrome',
  });
  expect(await findBrowser({ env: told, ownPath: own })).toEqual({ executablePath: '/told' });
  expect(await findBrowser({ env: {}, ownPath: own })).toEqual({ executablePath: own });
});
