import type { Permission } from '@nextline/contract';
import type { PlainKey } from './i18n/words.ts';
import type { words } from './frame/words.ts';
import type { IconName } from './icons/paths.ts';

export type MenuEntry = {
  to: string;
  /** Where the entry is the chosen one too. */
  also?: string[];
  icon: IconName;
  /** Its name in frame/words.ts. */
  title: PlainKey<(typeof words)['zh-CN']>;
  /** Hidden from whoever the server would refuse. */
  needs: Permission;
};

/** The nouns, in two groups: what one works with every day, and what one sets up. An entry comes with its page. */
export const menu: MenuEntry[][] = [
  [
    { to: '/customers', also: ['/segments'], icon: 'person', title: 'customers', needs: 'customers.read' },
    { to: '/scripts', icon: 'book', title: 'scripts', needs: 'scripts.read' },
    { to: '/tags', also: ['/stages'], icon: 'tag', title: 'tags', needs: 'customers.read' },
  ],
  [
    { to: '/people', icon: 'store', title: 'people', needs: 'people.read' },
    { to: '/doctor', also: ['/sync', '/callbacks'], icon: 'pulse', title: 'doctor', needs: 'doctor.read' },
    { to: '/audit', icon: 'record', title: 'audit', needs: 'audit.read' },
  ],
];
