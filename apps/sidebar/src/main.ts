/** Runs first and is small: it asks who the chat is with and for her panel, and draws the first words while the browser still loads the rest. */
import './old-webviews.ts';
import './base.css';
import '@nextline/tokens/tokens.css';
import { connectBridge, insideWecom } from './bridge/wecom-bridge.ts';
import { drawFirstWords, firstWords } from './first-words.ts';
import { openChat, type Opening } from './opening.ts';
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

/** Resolves when the first words are on screen, or when the app has to say it all. */
async function sayFirstWords(opening: Opening): Promise<void> {
  await Promise.all([opening.settled, parsed()]);
  const page = document.getElementById('app');
  const words = opening.known && firstWords(opening.known.panel);
  // Whoever came first has the page.
  if (!page || !words || page.firstChild) return;
  drawFirstWords(words, page, opening.tap);
  await new Promise<void>((painted) => requestAnimationFrame(() => setTimeout(painted)));
}

async function start(): Promise<void> {
  followScheme(document.documentElement);
  const boot = readBoot(document);
  const opening = boot && insideWecom(navigator.userAgent) ? openChat(connectBridge(boot)) : null;
  if (!boot && logInAgain(Date.now())) return;
  await Promise.race([opening && sayFirstWords(opening), wait(worthWaitingMs)]);
  const [app] = await Promise.all([import('./app.ts'), parsed()]);
  if (boot) app.mountSidebar(boot, opening);
  else await app.mountPageBroken();
}

void start();
