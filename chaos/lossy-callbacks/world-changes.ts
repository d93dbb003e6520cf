import type { Chance } from '../seeded.ts';

/** What the simulator's control API says the corp holds. */
type SimulatedWorld = {
  staff: { userid: string; position: string }[];
  follows: { staff: string; external_userid: string }[];
  tag_groups: { group_name: string; tags: { id: string }[] }[];
};
type Relation = { staff: string; external_userid: string };

/** Two ends or beginnings of one relation lie further apart than this: WeCom stamps both to the second. */
const apartMs = 2_500;

/**
 * People and tags change at WeCom, at random: customers come, are edited, are removed, go and come back, tags and staff change. Each relation
 * ends and begins anew at most once in a run, and one that began in the run does not end in it: WeCom has no memory, so a relation that came
 * and went before anybody looked is known from callbacks alone.
 */
export async function worldChanges(simulatorUrl: string, chance: Chance): Promise<{ change(): Promise<void> }> {
  async function control<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${simulatorUrl}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  const world = await control<SimulatedWorld>('GET', '/_sim/world');
  const guides = world.staff.map((person) => person.userid);
  /** May still end. */
  const settled = chance.shuffled(world.follows);
  const living: Relation[] = [...world.follows];
  const gone: { relation: Relation; at: number }[] = [];
  const tags = world.tag_groups.flatMap((group) => group.tags.map((tag) => tag.id));
  const anyTag = () => (tags.length === 0 ? undefined : chance.pick(tags));
  let made = 0;

  async function come(): Promise<void> {
    const staff = chance.pick(guides);
    made += 1;
    const body = { name: `新客${made}`, staff, state: `run-${made % 7}` };
    const { external_userid } = await control<{ external_userid: string }>('POST', '/_sim/customers', body);
    living.push({ staff, external_userid });
  }

  async function edit(): Promise<void> {
    const relation = chance.pick(living);
    made += 1;
    const tag = anyTag();
    const what = chance.pick<object>([
      { remark: `备注${made}` },
      { description: `说明${made}` },
      { mobiles: [`139${String(made).padStart(8, '0')}`] },
      ...(tag === undefined ? [] : [{ add_tag: [tag] }, { remove_tag: [tag] }]),
    ]);
    await control('POST', '/_sim/follows', { ...relation, ...what });
  }

  async function end(by: 'staff' | 'customer'): Promise<void> {
    const relation = settled.pop();
    if (!relation) return;
    living.splice(living.indexOf(relation), 1);
    await control('DELETE', '/_sim/follows', { ...relation, by });
    if (by === 'customer') gone.push({ relation, at: performance.now() });
  }

  async function comeBack(): Promise<void> {
    const [oldest] = gone;
    if (!oldest || performance.now() - oldest.at < apartMs) return edit();
    gone.shift();
    await control('POST', '/_sim/customers', oldest.relation);
    living.push(oldest.relation);
  }

  async function changeTags(): Promise<void> {
    const tag = anyTag();
    made += 1;
    if (tag === undefined || chance.happens(0.4)) {
      const { id } = await control<{ id: string }>('POST', '/_sim/tags', { group_name: `组${made % 5}`, name: `签${made}` });
      tags.push(id);
    } else if (chance.happens(0.6)) await control('PATCH', `/_sim/tags/${tag}`, { name: `改${made}` });
    else {
      tags.splice(tags.indexOf(tag), 1);
      await control('DELETE', `/_sim/tags/${tag}`);
    }
  }

  async function changeStaff(): Promise<void> {
    made += 1;
    await control('POST', '/_sim/staff', { userid: chance.pick(guides), position: `顾问${made}` });
  }

  return {
    async change() {
      const kind = chance.next();
      if (kind < 0.27) await come();
      else if (kind < 0.67) await edit();
      else if (kind < 0.75) await end('staff');
      else if (kind < 0.83) await end('customer');
      else if (kind < 0.89) await comeBack();
      else if (kind < 0.95) await changeTags();
      else await changeStaff();
    },
  };
}
