import type { Browser } from '../../contract/browser.js';
import type { Case } from '../../model/case.js';
import type { Outcome } from '../../model/exchange.js';
import type { SessionOptions } from '../../model/session-options.js';
import { LendingPool } from '../../util/lending-pool.js';
import { type KnownSign, lostIn } from './lost-sign.js';
import { openSession } from './open-session.js';
import { openingSecrets } from './session-text.js';
import { SessionUser } from './session-user.js';
import { Site, type SiteOptions } from './site.js';

/** A browser window takes some 100 MB, and a core while its page is built. */
const mostWindows = 4;

/** The users of a target, each with a session of its own. */
export class Sessions {
  readonly #site: Site;
  readonly #lost: KnownSign;
  readonly #users: readonly SessionUser[];
  readonly #windows = new LendingPool<object>(mostWindows, () => ({}));
  readonly #slots: LendingPool<object>;
  #next = 0;

  private constructor(site: Site, lost: KnownSign, users: readonly SessionUser[], connections: number) {
    this.#site = site;
    this.#lost = lost;
    this.#users = users;
    this.#slots = new LendingPool<object>(connections, () => ({}));
  }

  /**
   * Opens as many sessions as there are users. Without options there is one user who has not logged in.
   * @param browser opens those that need one
   * @throws WafproofError `SESSION_FAILED`, and where a browser is needed and cannot be had what `openByBrowser` throws
   */
  static async open(site: SiteOptions, browser: Browser, options: SessionOptions = { steps: [] }): Promise<Sessions> {
    const there = new Site(site);
    try {
      const secrets = openingSecrets(options);
      const users: SessionUser[] = [];
      let lost: KnownSign | undefined = options.lost;
      for (let user = 0; user < (options.users ?? 1); user++) {
        const opened = await openSession(there, options, browser);
        lost ??= usualSign(options, opened.loginPage && there.pathOf(opened.loginPage));
        users.push(new SessionUser({ site: there, options, secrets, opened, browser }));
      }
      return new Sessions(there, lost ?? {}, users, site.http.connections);
    } catch (error) {
      await there.close();
      throw error;
    }
  }

  /** Whose turn it is: of those that are free, the one that has waited longest. */
  user(): SessionUser {
    const users = this.#users.length;
    const from = this.#next++ % users;
    const inOrder = [...this.#users.slice(from), ...this.#users.slice(0, from)];
    const [first, ...others] = inOrder;
    if (first === undefined) throw new RangeError('there is no user');
    return others.reduce((best, user) => (user.waiting < best.waiting ? user : best), first);
  }

  /** Waits until a browser window may be opened; call what is returned when it is closed. */
  async window(): Promise<() => void> {
    const window = await this.#windows.borrow();
    return () => this.#windows.giveBack(window);
  }

  /**
   * Waits until a case can be sent soon; call what is returned when its answer is there. What it takes along of its session is what
   * that has then, as in a browser, and not what it had when the case began to wait.
   */
  async slot(): Promise<() => void> {
    const slot = await this.#slots.borrow();
    let isOver = false;
    return () => {
      if (!isOver) this.#slots.giveBack(slot);
      isOver = true;
    };
  }

  /** What of the answer to a case shows that its session is lost. */
  lostIn(outcome: Outcome, sent: Pick<Case, 'expect' | 'request'>): string | undefined {
    return lostIn(outcome, this.#lost, this.#site.base, sent);
  }

  close(): Promise<void> {
    return this.#site.close();
  }
}

/** Where nobody says how it shows: a redirect to the page of the login, or to a login by its name, and 401. */
function usualSign({ steps, browser }: SessionOptions, loginPath: string | undefined): KnownSign {
  if (browser === undefined && steps?.length === 0) return { anyLogin: true };
  return {
    anyLogin: true,
    status: [401],
    ...(loginPath !== undefined && { redirect: loginPath.replace(/\?.*$/s, '') }),
  };
}
