import type { Simulator } from '../simulator.ts';
import type { Api } from './api.ts';
import { WeComError } from './wecom-error.ts';

export const agentApis: Api[] = [
  {
    /**
     * `?agentid` → the app as its console shows it: `agentid`, `name`, `close`, `redirect_domain`, who may see it. 301002 another app's id.
     * The console has one domain for OAuth: here the webview's host while it is trusted, else the first of `trusted_hosts`.
     */
    method: 'GET',
    path: 'agent/get',
    handle(sim, { query }) {
      const { app, console } = sim.world;
      if (query['agentid'] !== app.agentId) throw new WeComError(301002);
      return {
        agentid: Number(app.agentId),
        name: app.name,
        square_logo_url: '',
        description: '',
        allow_userinfos: { user: (console.visibleStaff ?? []).map((userid) => ({ userid })) },
        allow_partys: { partyid: console.visibleStaff === null ? [1] : [] },
        allow_tags: { tagid: [] },
        close: 0,
        redirect_domain: signInDomain(sim),
        report_location_flag: 0,
        isreportenter: 0,
        home_url: '',
      };
    },
  },
];

function signInDomain({ world, urls }: Simulator): string {
  const { trustedHosts } = world.console;
  const webview = new URL(urls.webview).host;
  return trustedHosts.includes(webview) ? webview : (trustedHosts[0] ?? '');
}
