import { fileMissing } from '../scripts/upload-media.ts';
import type { Findings } from './findings.ts';
import { type Check, say } from './say.ts';
import { failed, ok, unknown } from './words.ts';

/** What guides can send at any moment must lie at WeCom before they tap. */
export function checkMediaReady({ store }: Findings): Check {
  const id = 'media_ready';
  if (store === null) return unknown(id, say('because.database'), null);
  const { used, ready, failing } = store.media;
  if (failing.length > 0)
    return failed(
      id,
      say('media_ready.failing', { n: failing.length, names: failing.slice(0, 8).map(({ title }) => title) }),
      say('media_ready.fix'),
      failing.slice(0, 20).map(({ title, reason: kept, diesAt }) => {
        const reason = kept === fileMissing ? say('media_ready.gone') : kept;
        return diesAt === null
          ? say('media_ready.why', { title, reason })
          : say('media_ready.why_until', { title, reason, at: diesAt.toISOString() });
      }),
    );
  if (ready < used) return unknown(id, say('media_ready.because_waiting', { n: used - ready }), say('media_ready.wait'));
  return ok(id, used === 0 ? say('media_ready.none') : say('media_ready.ok', { n: used }));
}

export function checkWrites({ store }: Findings): Check {
  if (store === null) return unknown('writes', say('because.database'), null);
  if (store.unsureWrites === 0) return ok('writes', say('writes.ok'));
  return failed('writes', say('writes.unsure', { n: store.unsureWrites }), say('writes.fix'));
}
