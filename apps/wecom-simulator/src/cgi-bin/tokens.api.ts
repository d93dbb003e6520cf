import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Simulator } from '../simulator.ts';
import { lifetimes, randomId } from '../issued.ts';
import { avatarUrl } from '../world/relations.ts';
import { readBody, type Api } from './api.ts';
import { findStaff, isVisible, visibleStaff } from './reach.ts';
import { WeComError } from './wecom-error.ts';

/** WeCom's app says of an outsider only whom a visible member of staff knows. */
function outsider(sim: Simulator, externalUserid: string): Record<string, string> {
  const known = [...sim.world.follows.values()].some(
    (follow) => follow.externalUserid === externalUserid && follow.endedBy !== 'staff' && isVisible(sim, follow.staff),
  );
  const openid = `oSH${createHash('sha256').update(externalUserid).digest('base64url').slice(0, 25)}`;
  return known ? { openid, external_userid: externalUserid } : { openid };
}

export const tokenApis: Api[] = [
  {
    /** `?corpid&corpsecret` → `access_token`, the same one within its 7200 s. 41002, 41004, 40013 corp, 40001 secret. */
    method: 'GET',
    path: 'gettoken',
    withoutToken: true,
    handle(sim, { query }) {
      if (!query['corpid']) throw new WeComError(41002);
      if (!query['corpsecret']) throw new WeComError(41004);
      if (query['corpid'] !== sim.world.corp.corpId) throw new WeComError(40013);
      if (query['corpsecret'] !== sim.world.app.secret) throw new WeComError(40001);
      const { value, expiresIn } = sim.issued.accessToken.current();
      return { access_token: value, expires_in: expiresIn };
    },
  },
  {
    /** The corp's ticket, for `config`; 400 an hour. */
    method: 'GET',
    path: 'get_jsapi_ticket',
    hourlyLimit: 400,
    handle(sim) {
      const { value, expiresIn } = sim.issued.corpTicket.current();
      return { ticket: value, expires_in: expiresIn };
    },
  },
  {
    /** `?type=agent_config`: the app's ticket, for `agentConfig`; 100 an hour. 40035 another type. */
    method: 'GET',
    path: 'ticket/get',
    hourlyLimit: 100,
    handle(sim, { query }) {
      if (query['type'] !== 'agent_config') throw new WeComError(40035, { detail: 'type' });
      const { value, expiresIn } = sim.issued.agentTicket.current();
      return { ticket: value, expires_in: expiresIn };
    },
  },
  {
    /**
     * `?code` from OAuth → `userid`, and `user_ticket` for snsapi_privateinfo; of an outsider `openid`, and `external_userid` of somebody's customer. 41008,
     * 40029 unknown, 42022 used, 42003 older than 5 minutes, 60011 staff outside of the visible range.
     */
    method: 'GET',
    path: 'auth/getuserinfo',
    handle(sim, { query }) {
      if (!query['code']) throw new WeComError(41008);
      const code = sim.issued.codes.get(query['code']);
      if (!code) throw new WeComError(40029);
      if (code.used) throw new WeComError(42022);
      const now = sim.clock.now();
      if (code.expiresAt <= now) throw new WeComError(42003);
      code.used = true;
      if ('customer' in code.who) return outsider(sim, code.who.customer);
      const staff = visibleStaff(sim, code.who.staff);
      if (code.scope !== 'snsapi_privateinfo') return { userid: staff.userid };
      const ticket = randomId(48);
      sim.issued.userTickets.set(ticket, { staff: staff.userid, expiresAt: now + lifetimes.userTicketMs });
      return { userid: staff.userid, user_ticket: ticket, expires_in: lifetimes.userTicketMs / 1000 };
    },
  },
  {
    /** `{user_ticket}` (1800 s) → what the member agreed to show. 40058 missing, unknown or expired. */
    method: 'POST',
    path: 'auth/getuserdetail',
    handle(sim, request) {
      const { user_ticket: ticket } = readBody(z.object({ user_ticket: z.string().min(1).max(512) }), request);
      const known = sim.issued.userTickets.get(ticket);
      const staff = known && known.expiresAt > sim.clock.now() ? findStaff(sim, known.staff) : null;
      if (!staff || !isVisible(sim, staff.userid)) throw new WeComError(40058, { detail: 'user_ticket' });
      return {
        userid: staff.userid,
        gender: String(staff.gender),
        avatar: avatarUrl(sim, staff.avatar),
        qr_code: `${sim.urls.own}/ca/${staff.userid}`,
        mobile: staff.mobile,
        email: `${staff.userid}@suheng.example`,
        biz_mail: `${staff.userid}@suheng.example`,
        address: '',
      };
    },
  },
  {
    /** The addresses that callbacks come from. */
    method: 'GET',
    path: 'getcallbackip',
    handle: () => ({ ip_list: ['127.0.0.1', '::1'] }),
  },
];
