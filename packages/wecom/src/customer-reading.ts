import type { Customer, Follow, FollowTag } from './answers.ts';
import { instantOfSeconds, numberOrNull, record, records, text, textOrNull, texts, type Loose } from './lenient-reading.ts';
import type { WireExternalContact, WireFollow, WireFollowInfo, WireFollowTag, WireFollowUser } from './wire-shapes.ts';

/** A customer in our words. */
export function customerOf(wire: Loose<WireExternalContact>): Customer {
  const gender = numberOrNull(wire.gender);
  return {
    externalUserId: text(wire.external_userid),
    name: text(wire.name),
    avatarUrl: textOrNull(wire.avatar),
    type: numberOrNull(wire.type) === 2 ? 'wecom' : 'wechat',
    gender: gender === 1 ? 'male' : gender === 2 ? 'female' : 'unknown',
    unionId: textOrNull(wire.unionid),
    position: textOrNull(wire.position),
    corpName: textOrNull(wire.corp_name),
    corpFullName: textOrNull(wire.corp_full_name),
  };
}

/** A relation in our words, from either of the two forms in which WeCom gives its tags. */
export function followOf(wire: Loose<WireFollowUser & WireFollowInfo>): Follow {
  const tags = records<WireFollowTag>(wire.tags).map(followTag);
  const named = tags.flatMap((tag) => tag.tagId ?? []);
  return {
    staffUserId: text(wire.userid),
    remark: text(wire.remark),
    description: text(wire.description),
    remarkCorpName: textOrNull(wire.remark_corp_name),
    mobiles: texts(wire.remark_mobiles),
    followedAt: instantOfSeconds(wire.createtime),
    tagIds: [...new Set([...texts(wire.tag_id), ...named])],
    tags,
    addWay: numberOrNull(wire.add_way) ?? 0,
    state: textOrNull(wire.state),
    startedBy: textOrNull(wire.oper_userid),
    channels: channelsOf(wire.wechat_channels),
  };
}

const tagKindOfCode = new Map<number | null, FollowTag['kind']>([
  [2, 'personal'],
  [3, 'strategy'],
]);

function followTag(wire: Loose<WireFollowTag>): FollowTag {
  return {
    tagId: textOrNull(wire.tag_id),
    name: text(wire.tag_name),
    groupName: text(wire.group_name),
    kind: tagKindOfCode.get(numberOrNull(wire.type)) ?? 'corp',
  };
}

function channelsOf(value: unknown): Follow['channels'] {
  const wire = record<NonNullable<WireFollow['wechat_channels']>>(value);
  return wire.nickname === undefined && wire.source === undefined
    ? null
    : { nickname: text(wire.nickname), source: numberOrNull(wire.source) ?? 0 };
}
