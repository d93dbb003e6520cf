import { defineWords } from '../../../i18n/words.ts';

export const words = defineWords({
  'zh-CN': {
    versions: '版本',
    compareWith: '和 v{n} 对比',
    draft: '草稿',
    review: '待审',
    online: '线上',
    older: '',
    by: '{name}，{day}',
    used: '{by}。用了 {n} 次',
    restore: '恢复成 v{n}',
    restoreNote: '恢复会把那一版的内容放进草稿，线上的不动，审核发布后才换。',
    current: '这一版就是侧边栏里正在用的。',
  },
  en: {
    versions: 'Versions',
    compareWith: 'Compared with v{n}',
    draft: 'draft',
    review: 'in review',
    online: 'online',
    older: '',
    by: '{name}, {day}',
    used: '{by}. Used {n} times',
    restore: 'Restore v{n}',
    restoreNote: 'Its content becomes the draft. What is online stays until that is reviewed and published.',
    current: 'This is what sidebars use now.',
  },
});
