import { defineWords } from '../../../i18n/words.ts';

export const words = defineWords({
  'zh-CN': {
    label: '谁能看',
    everyStore: '全部门店',
    someStores: '部分门店',
    onePerson: '只有本人',
    pickStores: '选门店',
    storeMissing: '还没选门店，选了才会改。',
    always: '长期',
    limited: '指定日期',
    from: '从哪天起',
    until: '到哪天止',
    dateMissing: '还没选日期，选了才会改。',
    datesWrong: '结束那天要在开始之后。',
    nobodyFound: '没有这个名字',
  },
  en: {
    label: 'Seen by',
    everyStore: 'All stores',
    someStores: 'Some stores',
    onePerson: 'One person',
    pickStores: 'Choose stores',
    storeMissing: 'No store is chosen yet. Nothing changes until one is.',
    always: 'No end',
    limited: 'Between dates',
    from: 'From',
    until: 'Until',
    dateMissing: 'No day is chosen yet. Nothing changes until one is.',
    datesWrong: 'The last day must not be before the first.',
    nobodyFound: 'No such name',
  },
});
