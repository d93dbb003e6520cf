import { defineWords } from '../../../i18n/words.ts';

export const words = defineWords({
  'zh-CN': {
    title: '待审',
    aside: '{n} 条在等',
    script: '话术',
    author: '谁改的',
    since: '什么时候',
    audience: '谁能看',
    look: '去审',
    empty: '没有要审的',
    emptyText: '同事提交审核的话术会出现在这里。',
    back: '回话术库',
    untitled: '没有标题',
  },
  en: {
    title: 'To review',
    aside: '{n} waiting',
    script: 'Script',
    author: 'Changed by',
    since: 'When',
    audience: 'Seen by',
    look: 'Review',
    empty: 'Nothing to review',
    emptyText: 'What colleagues send to review appears here.',
    back: 'Back to the scripts',
    untitled: 'Untitled',
  },
});
