import { defineWords } from '../i18n/words.ts';

export const words = defineWords({
  'zh-CN': {
    label: '跳转到页面、话术、客户',
    placeholder: '页面、话术（汉字、拼音、首字母）、客户',
    pages: '页面',
    scripts: '话术',
    customers: '客户',
    nothing: '没找到「{q}」',
    found: '{n} 个结果',
    keys: '↑↓ 选，回车打开，Esc 关',
  },
  en: {
    label: 'Jump to a page, script or customer',
    placeholder: 'Pages, scripts, customers',
    pages: 'Pages',
    scripts: 'Scripts',
    customers: 'Customers',
    nothing: 'Nothing found for “{q}”',
    found: '{n} results',
    keys: '↑↓ choose, Enter opens, Esc closes',
  },
});
