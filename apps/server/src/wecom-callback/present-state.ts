import { type CustomerWithFollows, WeComError } from '@nextline/wecom';
import type { Deps } from '../feature.ts';

/** A customer as WeCom described her when it was asked at `asOf`. Null: nobody of ours follows her, or the app may not see who does. */
export type Look = { asOf: Date; state: CustomerWithFollows | null };
/** Rejects when WeCom could not say. */
export type LookAt = (externalUserId: string) => Promise<Look>;

/** 84061: nobody of ours follows her. */
const nobodyFollows = 84061;
/** 40096: WeCom does not know the id, or not for us. */
export const noSuchCustomer = 40096;

async function lookAt({ wecom, clock }: Pick<Deps, 'wecom' | 'clock'>, externalUserId: string): Promise<Look> {
  const asOf = clock.now();
  try {
    return { asOf, state: await wecom.customer(externalUserId) };
  } catch (error) {
    if (error instanceof WeComError && error.errcode === nobodyFollows) return { asOf, state: null };
    throw error;
  }
}

/** Asks about each customer once; later questions get the same answer, with the time at which it was given. */
export function lookOnce(deps: Pick<Deps, 'wecom' | 'clock'>): LookAt {
  const looks = new Map<string, Promise<Look>>();
  return (externalUserId) => {
    const known = looks.get(externalUserId);
    if (known) return known;
    const look = lookAt(deps, externalUserId);
    looks.set(externalUserId, look);
    return look;
  };
}
