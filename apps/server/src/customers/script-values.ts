import { salutationOf } from './salutation.ts';

export type ScriptFacts = {
  remark: string;
  nickname: string;
  guideName: string;
  storeName: string | null;
  lastOrderItem: string | null;
  customFields: Readonly<Record<string, string>>;
};

/** Values for script variables, without braces. A name that is missing could not be filled. The brand's own facts never hide ours. */
export function scriptValues(facts: ScriptFacts): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts.customFields)) if (value !== '') values[name] = value;
  values['客户称呼'] = salutationOf(facts.remark, facts.nickname);
  values['客户昵称'] = facts.nickname;
  values['导购姓名'] = facts.guideName;
  if (facts.storeName !== null) values['门店'] = facts.storeName;
  if (facts.lastOrderItem !== null) values['上次购买'] = facts.lastOrderItem;
  return values;
}

export type Gap = { variable: string; why: string; choices: string[] };

/** For each variable that scripts use and that has no value: why, and what the guide may choose instead. */
export function gapsIn(variables: readonly string[], values: Readonly<Record<string, string>>, bestSellers: readonly string[]): Gap[] {
  return variables.filter((variable) => !values[variable]).map((variable) => gapFor(variable, bestSellers));
}

function gapFor(variable: string, bestSellers: readonly string[]): Gap {
  if (variable === '上次购买') return { variable, why: '没有订单记录，缺「上次买的产品」。', choices: [...bestSellers] };
  if (variable === '门店') return { variable, why: '你还没有分到门店，缺「门店」。', choices: [] };
  return { variable, why: `资料里没有「${variable}」。`, choices: [] };
}
