import type { JsSignature } from '@nextline/contract';

type Needs = {
  /** From the page's HTML; null when WeCom gave no ticket just then. */
  first: JsSignature | null;
  /** `refused`: WeCom did not take the last one, so the ticket behind it may have been ended before its time. */
  fetchSignature: (url: string, refused: boolean) => Promise<JsSignature>;
  nowMs: () => number;
};

const goodForMs = 30 * 60_000;

/**
 * Gives the SDK its signatures. After a refusal the SDK asks again with every call it makes: a new one is fetched at once, since a ticket may end before
 * its time, then at most every 3 s, later every 30 s, so a misconfigured corp does not use up the ticket quota of everybody else.
 */
export function signatureSource({ first, fetchSignature, nowMs }: Needs) {
  let kept: JsSignature | null = first;
  let keptAt = nowMs();
  let refusals = 0;
  let wasRefused = false;
  let inFlight: Promise<JsSignature> | null = null;

  const waitMs = () => {
    if (refusals === 0) return goodForMs;
    return refusals === 1 ? 0 : Math.min(3000 * 2 ** (refusals - 2), 30_000);
  };

  return {
    /** For one page URL without its hash. Asked while a fetch is under way, it joins it. */
    async sign(url: string): Promise<JsSignature> {
      if (kept?.url === url && nowMs() - keptAt < waitMs()) return kept;
      inFlight ??= fetchSignature(url, wasRefused).finally(() => (inFlight = null));
      kept = await inFlight;
      keptAt = nowMs();
      return kept;
    },
    /** WeCom refused the last one. */
    refused(): void {
      refusals += 1;
      wasRefused = true;
    },
    accepted(): void {
      refusals = 0;
      wasRefused = false;
    },
    /** Whether the next one would be another than the one just refused. */
    hasAnother: () => refusals === 1,
    /** A person pressed 重试: ask for a new one at once. */
    startOver(): void {
      refusals = 0;
      kept = null;
    },
  };
}
