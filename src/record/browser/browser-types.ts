import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What the stories hold of a browser: the library itself is used in this folder. */
export type RecordedBrowser = Browser;
export type RecordedContext = BrowserContext;
export type RecordedPage = Page;
