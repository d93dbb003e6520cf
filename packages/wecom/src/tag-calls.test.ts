import { expect, test } from 'vitest';
import { tagGroup } from './documented-answers.test-data.ts';
import { bodiesTo, connect, documented, ok } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

const createdAt = new Date(1557838797000);
const ours = {
  groupId: 'TAG_GROUPID1',
  name: 'GOURP_NAME',
  order: 1,
  createdAt,
  deleted: false,
  tags: [
    { tagId: 'TAG_ID1', name: 'NAME1', order: 1, createdAt, deleted: false },
    { tagId: 'TAG_ID2', name: 'NAME2', order: 2, createdAt, deleted: true },
  ],
};

test('the documented tag list, whole and by id', async () => {
  await using loopback = await documented({ [wecomPaths.corpTags]: { ...ok, tag_group: [tagGroup] } });
  const { wecom } = connect(loopback);
  expect(await wecom.corpTags()).toEqual([ours]);
  await wecom.corpTags({ tagIds: ['TAG_ID1'] });
  await wecom.corpTags({ groupIds: ['TAG_GROUPID1'], tagIds: [] });
  expect(bodiesTo(loopback, wecomPaths.corpTags)).toEqual([{}, { tag_id: ['TAG_ID1'] }, { group_id: ['TAG_GROUPID1'] }]);
});

test('adding answers the group; editing and deleting say only what is meant', async () => {
  await using loopback = await documented({
    [wecomPaths.addCorpTag]: { ...ok, tag_group: tagGroup },
    [wecomPaths.editCorpTag]: ok,
    [wecomPaths.deleteCorpTags]: ok,
  });
  const { wecom } = connect(loopback);
  expect(await wecom.addCorpTag({ groupName: '肤质', order: 9, tags: [{ name: '敏感肌', order: 1 }, { name: '干皮' }] })).toEqual(ours);
  await wecom.addCorpTag({ groupId: 'TAG_GROUPID1', tags: [{ name: '油皮' }] });
  await wecom.editCorpTag({ id: 'TAG_ID1', name: '敏感' });
  await wecom.deleteCorpTags({ tagIds: ['TAG_ID1'] });
  await wecom.deleteCorpTags({});
  expect(bodiesTo(loopback, wecomPaths.addCorpTag)).toEqual([
    { group_name: '肤质', order: 9, tag: [{ name: '敏感肌', order: 1 }, { name: '干皮' }] },
    { group_id: 'TAG_GROUPID1', tag: [{ name: '油皮' }] },
  ]);
  expect(bodiesTo(loopback, wecomPaths.editCorpTag)).toEqual([{ id: 'TAG_ID1', name: '敏感' }]);
  expect(bodiesTo(loopback, wecomPaths.deleteCorpTags)).toEqual([{ tag_id: ['TAG_ID1'] }]);
});

test('marking sends what is added and removed, and nothing when there is nothing', async () => {
  await using loopback = await documented({ [wecomPaths.markTags]: ok });
  const { wecom } = connect(loopback);
  const whom = { staffUserId: 'zhangsan', externalUserId: 'wm1' };
  await wecom.markTags({ ...whom, add: ['et1'], remove: ['et2'] });
  await wecom.markTags({ ...whom, add: [], remove: ['et2'] });
  await wecom.markTags({ ...whom, add: [], remove: [] });
  const sent = { userid: 'zhangsan', external_userid: 'wm1' };
  expect(bodiesTo(loopback, wecomPaths.markTags)).toEqual([
    { ...sent, add_tag: ['et1'], remove_tag: ['et2'] },
    { ...sent, remove_tag: ['et2'] },
  ]);
});
