import type { ScriptFolder } from '@nextline/contract';
import { expect, test } from 'vitest';
import { afterMove, childrenOf, moveFolder, nudgeFolder } from './folder-order.ts';

const folder = (folderId: string, parentId: string | null, position: number): ScriptFolder => ({
  folderId,
  parentId,
  name: folderId,
  position,
});
const folders = [
  folder('公司', null, 0),
  folder('门店', null, 1),
  folder('欢迎', '公司', 0),
  folder('回访', '公司', 1),
  folder('售后', '公司', 2),
];

test('a folder let go between two others lies between them', () => {
  expect(moveFolder(folders, '售后', { parentId: '公司', index: 1 })).toEqual({
    parentId: '公司',
    folderIds: ['欢迎', '售后', '回访'],
    changesParent: false,
  });
  expect(moveFolder(folders, '欢迎', { parentId: '公司', index: 2 })?.folderIds).toEqual(['回访', '欢迎', '售后']);
});

test('let go where it was, nothing is sent', () => {
  expect(moveFolder(folders, '回访', { parentId: '公司', index: 1 })).toBeNull();
  expect(moveFolder(folders, '回访', { parentId: '公司', index: 2 })).toBeNull();
});

test('a folder can go into another and out to the top', () => {
  expect(moveFolder(folders, '售后', { parentId: '门店', index: 0 })).toEqual({
    parentId: '门店',
    folderIds: ['售后'],
    changesParent: true,
  });
  expect(moveFolder(folders, '售后', { parentId: null, index: 2 })?.folderIds).toEqual(['公司', '门店', '售后']);
});

test('there is no third level: not into a subfolder, not with folders inside, not into itself', () => {
  expect(moveFolder(folders, '售后', { parentId: '欢迎', index: 0 })).toBeNull();
  expect(moveFolder(folders, '公司', { parentId: '门店', index: 0 })).toBeNull();
  expect(moveFolder(folders, '门店', { parentId: '门店', index: 0 })).toBeNull();
});

test('the keyboard moves by one and stops at the ends', () => {
  expect(nudgeFolder(folders, '回访', 'up')?.folderIds).toEqual(['回访', '欢迎', '售后']);
  expect(nudgeFolder(folders, '回访', 'down')?.folderIds).toEqual(['欢迎', '售后', '回访']);
  expect(nudgeFolder(folders, '欢迎', 'up')).toBeNull();
  expect(nudgeFolder(folders, '售后', 'down')).toBeNull();
});

test('what is drawn at once is what the server will answer', () => {
  const move = moveFolder(folders, '售后', { parentId: '门店', index: 0 });
  const after = move ? afterMove(folders, '售后', move) : [];
  expect(childrenOf(after, '门店').map(({ folderId }) => folderId)).toEqual(['售后']);
  expect(childrenOf(after, '公司').map(({ folderId }) => folderId)).toEqual(['欢迎', '回访']);
});
