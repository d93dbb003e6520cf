/** Runs first and is small: it asks who the chat is with and for her panel, while the browser still loads what will draw them. */
import './old-webviews.ts';
import './base.css';
import './theme.css';
import { connectBridge, insideWecom } from './bridge/wecom-bridge.ts';
import { openChat } from './opening.ts';
import { readBoot } from './read-boot.ts';
import { followScheme } from './scheme.ts';
import { logInAgain } from './session.ts';

/** An answer that is about to come is drawn at once; the skeleton would not have been seen yet. */
const worthWaitingMs = 200;

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const parsed = () =>
  document.readyState === 'loading'
    ? new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }))
    : Promise.resolve();

async function start(): Promise<void> {
  followScheme(document.documentElement);
  const boot = readBoot(document);
  const opening = boot && insideWecom(navigator.userAgent) ? openChat(connectBridge(boot)) : null;
  if (!boot && logInAgain(Date.now())) return;
  const answered = opening && Promise.race([opening.settled, wait(worthWaitingMs)]);
  const [app] = await Promise.all([import('./app.ts'), answered, parsed()]);
  if (boot) app.mountSidebar(boot, opening);
  else await app.mountPageBroken();
}

void start();
