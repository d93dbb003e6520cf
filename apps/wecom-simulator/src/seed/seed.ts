import { seedDepartments, seedStaff } from './brand.ts';
import { seedChannelCodes } from './channel-codes.ts';
import { seedCustomers } from './follows.ts';
import { writtenCustomers } from './first-guide.ts';
import { seedGroupChats } from './groups.ts';
import { shanghaiMidnight } from './history.ts';
import { createRandom } from './random.ts';
import { seedTagGroups } from './tags.ts';
import { writeFirstGuide } from './write-first-guide.ts';
import type { World } from '../world/world.ts';

/** As many as the brand has when nobody asks for more. */
export const usualCustomers = 600;

export interface SeedOptions {
  /** The same number gives the same people, ids and chats. */
  seed: number;
  /** Milliseconds; every date lies before it. */
  now: number;
  callbackUrl: string;
  trustedHosts: string[];
  /** How many customers the brand has; the first of them are the same people whatever the number. */
  customers: number;
}

/** The brand 素蘅: 6 stores in 3 regions, their staff, 600 customers or as many as are wanted, and what they have been talking about. */
export function seedWorld(options: SeedOptions): World {
  const random = createRandom(options.seed);
  const today = shanghaiMidnight(options.now);
  const staff = new Map(seedStaff().map((member) => [member.userid, member]));
  const world: World = {
    corp: { corpId: 'wwsh7c1e5a90b3d42f86', name: '素蘅 SUHENG' },
    app: { agentId: '1000002', name: '下一句', secret: 'SimulatedSecret-suheng-nextline-0000000001' },
    callback: { url: options.callbackUrl, token: 'SimulatedToken1', aesKey: 'SimulatedAesKeyForSuheng0123456789abcdefgh0' },
    console: {
      trustedHosts: options.trustedHosts,
      trustedIps: null,
      egressIps: null,
      callable: true,
      visibleStaff: null,
      withoutCustomerContact: [],
      linkedMiniprograms: null,
      unlicensedStaff: [],
      mostPerPage: null,
      welcomesByItself: false,
      callsPerMinute: 10_000,
      callsPerHour: 150_000,
    },
    departments: seedDepartments(),
    staff,
    people: new Map(),
    follows: new Map(),
    tagGroups: seedTagGroups(random, today - 500 * 86_400_000),
    groupChats: new Map(),
    conversations: new Map(),
    readUpTo: new Map(),
    channelCodes: seedChannelCodes((userid) => staff.get(userid)?.name ?? userid),
    appMessages: [],
    sequence: 0,
  };
  writeFirstGuide(world, random, { now: options.now, today });
  seedCustomers(world, random, Math.max(0, options.customers - writtenCustomers.length), today);
  seedGroupChats(world, random, today);
  return world;
}
