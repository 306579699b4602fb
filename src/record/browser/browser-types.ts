import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What the stories hold of a browser: the library itself is used in this folder. */
export type DrivenBrowser = Browser;
export type DrivenContext = BrowserContext;
export type DrivenPage = Page;
