import type { APIRequestContext, FrameLocator, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';

type World = {
  corp: { corp_id: string };
  staff: { userid: string; name: string }[];
  customers: { external_userid: string; name: string }[];
  follows: { staff: string; external_userid: string; remark: string; tags: string[]; state: string }[];
  tag_groups: { group_id: string; group_name: string; tags: { id: string; name: string }[] }[];
};
export type Message = { id: string; from: 'staff' | 'customer'; msgtype: string; at: string; text?: string; via?: string };
export type Fault = {
  path: string;
  errcode?: number;
  errmsg?: string;
  status?: number;
  delay_ms?: number;
  drop?: boolean;
  skip?: number;
  times?: number;
  after_effect?: boolean;
};

/** The control API of the simulated WeCom, as design and README promise it to anybody. */
export class SimulatedWeCom {
  readonly #request: APIRequestContext;
  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  async world(): Promise<World> {
    return (await (await this.#request.get('/_sim/world')).json()) as World;
  }

  /** The customer of a guide by the remark that the guide sees. */
  async customerOf(staff: string, remark: string): Promise<string> {
    const found = (await this.world()).follows.find((follow) => follow.staff === staff && follow.remark === remark);
    if (!found) throw new Error(`${staff} has no customer with the remark ${remark}`);
    return found.external_userid;
  }

  async tagsOf(staff: string, externalUserid: string): Promise<string[]> {
    const { follows, tag_groups: groups } = await this.world();
    const names = new Map(groups.flatMap((group) => group.tags.map((tag) => [tag.id, tag.name] as const)));
    const ids = follows.find((follow) => follow.staff === staff && follow.external_userid === externalUserid)?.tags ?? [];
    return ids.map((id) => names.get(id) ?? id);
  }

  async messages(staff: string, externalUserid: string): Promise<Message[]> {
    const answer = await this.#request.get(`/_sim/chats/${staff}/${externalUserid}/messages`);
    return ((await answer.json()) as { messages: Message[] }).messages;
  }

  async newCustomer(name: string, staff: string): Promise<string> {
    const answer = await this.#request.post('/_sim/customers', { data: { name, staff, add_way: 1 } });
    return ((await answer.json()) as { external_userid: string }).external_userid;
  }

  /** A group with customers in which this guide is. */
  async groupOf(staff: string): Promise<string> {
    const answer = await this.#request.get(`/_sim/chats?staff=${staff}`);
    const { chats } = (await answer.json()) as { chats: { chat: string; kind: string; internal?: boolean }[] };
    const group = chats.find(({ kind, internal }) => kind === 'group' && !internal);
    if (!group) throw new Error(`${staff} is in no group`);
    return group.chat;
  }

  /** What an administrator sets for the app. */
  async console(settings: { visible_staff: string[] | null }): Promise<void> {
    const answer = await this.#request.post('/_sim/corp', { data: settings });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async endFollow(staff: string, externalUserid: string, by: 'customer' | 'staff'): Promise<void> {
    await this.#request.delete('/_sim/follows', { data: { staff, external_userid: externalUserid, by } });
  }

  async fault(fault: Fault): Promise<void> {
    const answer = await this.#request.post('/_sim/faults', { data: fault });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async clearFaults(): Promise<void> {
    await this.#request.delete('/_sim/faults');
  }
}

/** The first guide of the seed. */
export const guide = 'zhouyining';

/** Opens the WeCom client with a chat, and answers the sidebar inside it. */
export async function openChat(page: Page, chat: string, staff: string = guide): Promise<FrameLocator> {
  await page.goto(`/?staff=${staff}&chat=${chat}`);
  return sidebarOf(page);
}

/** Opens a chat in a narrow client, which shows one thing at a time, and goes on to the sidebar. */
export async function openSidebarOnPhone(page: Page, chat: string): Promise<FrameLocator> {
  await page.goto(`/?staff=${guide}&chat=${chat}`);
  await page.getByRole('button', { name: '打开侧边栏' }).click();
  return sidebarOf(page);
}

export function sidebarOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="侧边栏"]');
}

export const test = base.extend<{ sim: SimulatedWeCom }>({
  sim: async ({ request }, use) => {
    const sim = new SimulatedWeCom(request);
    await sim.clearFaults();
    await use(sim);
    await sim.clearFaults();
  },
});
export { expect };

/** Keeps the app from the page, as a slow phone would, until it is let through. */
export async function holdBackTheApp(page: Page): Promise<() => void> {
  const { promise: released, resolve: letThrough } = Promise.withResolvers<void>();
  await page.route(/\/sidebar\/assets\/app-[^/]*\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  return letThrough;
}
