import type { CorpTag, CorpTagGroup } from './answers.ts';
import type { CallWeCom } from './call-wecom.ts';
import { instantOfSeconds, numberOrNull, record, records, text, type Loose } from './lenient-reading.ts';
import type { CorpTagFilter } from './requests.ts';
import type { WeCom } from './wecom.ts';
import {
  wecomPaths,
  type WireAddTag,
  type WireAddTagRequest,
  type WireEditTagRequest,
  type WireMarkTagRequest,
  type WireTag,
  type WireTagGroup,
  type WireTagList,
  type WireTagListRequest,
} from './wire-shapes.ts';

type TagCalls = Pick<WeCom, 'corpTags' | 'addCorpTag' | 'editCorpTag' | 'deleteCorpTags' | 'markTags'>;

/** The corp's tags, and who wears them. A second add could make a second tag, so adding and deleting are never repeated. */
export function tagCalls(call: CallWeCom): TagCalls {
  return {
    async corpTags(filter = {}) {
      const answer = await call<WireTagList>({ api: wecomPaths.corpTags, body: selection(filter), repeatable: true });
      return records<WireTagGroup>(answer.tag_group).map(groupOf);
    },

    async addCorpTag({ tags, order, ...into }) {
      const group = 'groupId' in into ? { group_id: into.groupId } : { group_name: into.groupName };
      const body: WireAddTagRequest = { ...group, order, tag: tags.map((tag) => ({ name: tag.name, order: tag.order })) };
      const answer = await call<WireAddTag>({ api: wecomPaths.addCorpTag, body, repeatable: false });
      return groupOf(record<WireTagGroup>(answer.tag_group));
    },

    async editCorpTag({ id, name, order }) {
      const body: WireEditTagRequest = { id, name, order };
      await call({ api: wecomPaths.editCorpTag, body, repeatable: false });
    },

    async deleteCorpTags(which) {
      const body = selection(which);
      if (body.group_id === undefined && body.tag_id === undefined) return;
      await call({ api: wecomPaths.deleteCorpTags, body, repeatable: false });
    },

    async markTags({ staffUserId, externalUserId, add, remove }) {
      if (add.length === 0 && remove.length === 0) return;
      const body: WireMarkTagRequest = {
        userid: staffUserId,
        external_userid: externalUserId,
        ...(add.length === 0 ? {} : { add_tag: [...add] }),
        ...(remove.length === 0 ? {} : { remove_tag: [...remove] }),
      };
      await call({ api: wecomPaths.markTags, body, repeatable: false });
    },
  };
}

function selection({ tagIds = [], groupIds = [] }: CorpTagFilter): WireTagListRequest {
  return {
    ...(tagIds.length === 0 ? {} : { tag_id: [...tagIds] }),
    ...(groupIds.length === 0 ? {} : { group_id: [...groupIds] }),
  };
}

function groupOf(wire: Loose<WireTagGroup>): CorpTagGroup {
  return {
    groupId: text(wire.group_id),
    name: text(wire.group_name),
    order: numberOrNull(wire.order) ?? 0,
    createdAt: instantOfSeconds(wire.create_time),
    deleted: wire.deleted === true,
    tags: records<WireTag>(wire.tag).map(tagOf),
  };
}

function tagOf(wire: Loose<WireTag>): CorpTag {
  return {
    tagId: text(wire.id),
    name: text(wire.name),
    order: numberOrNull(wire.order) ?? 0,
    createdAt: instantOfSeconds(wire.create_time),
    deleted: wire.deleted === true,
  };
}
