import { defineWords } from '../i18n/words.ts';

export const words = defineWords({
  'zh-CN': {
    title: '登录过期了',
    why: '这一页填的内容都还在。登录好会接着做刚才那一步。',
    signIn: '登录',
    waiting: '在新窗口里登录，好了这里会自己继续。',
    other: '刚才登录的是{other}。请用{name}的账号登录，或者以{other}的身份重新打开。',
    reopen: '以{other}的身份重新打开',
  },
  en: {
    title: 'Your session has ended',
    why: 'Nothing you typed on this page is lost. After signing in, the last step goes on by itself.',
    signIn: 'Sign in',
    waiting: 'Sign in in the new window; this page goes on by itself.',
    other: '{other} has just signed in. Sign in as {name}, or open the console anew as {other}.',
    reopen: 'Open as {other}',
  },
});
