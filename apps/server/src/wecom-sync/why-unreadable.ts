const sentences = new Map<number | null, string>([
  [60011, '应用看不到这位员工：把 TA 加进应用的「可见范围」'],
  [60111, '企业微信里没有这位员工了'],
  [84074, '没有客户联系权限：加进「客户联系 → 权限配置 → 使用范围」'],
  [701008, '没有接口许可'],
]);

/** Why somebody's customers did not come, for whoever runs the corp. `said`: WeCom's own words, where we have none. */
export function whyUnreadable(errcode: number | null, said = ''): string {
  return sentences.get(errcode) ?? `读不到：${errcode ?? ''} ${said}`.trim().slice(0, 200);
}
