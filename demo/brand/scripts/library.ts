import type { ScriptFolder } from '@nextline/contract';
import type { Season } from '../season.ts';
import { care } from './care.ts';
import type { FolderDrafts, ScriptDraft } from './draft.ts';
import { launch } from './launch.ts';
import { member } from './member.ts';
import { offersOf } from './offers.ts';
import { personalScripts } from './personal.ts';
import { service } from './service.ts';
import { skin } from './skin.ts';
import { storeScripts } from './stores.ts';
import { welcome } from './welcome.ts';

export type LibraryScript = {
  scriptId: string;
  folderId: string;
  draft: ScriptDraft;
  owner: { scope: 'company' } | { scope: 'store'; storeName: string } | { scope: 'personal'; userId: string };
};

/** The folders, in the order guides see them. Every guide sees these names, so a store's and a guide's own scripts share one each. */
const folderNames = [
  ['welcome', '新客欢迎'],
  ['skin', '肤质咨询'],
  ['care', '使用回访'],
  ['launch', '新品上市'],
  ['offers', '活动促销'],
  ['service', '售后'],
  ['member', '素蘅会员'],
  ['visit', '到店'],
  ['own', '随手存的'],
] as const;

export const brandFolders: readonly ScriptFolder[] = folderNames.map(([folderId, name], position) => ({
  folderId,
  name,
  parentId: null,
  position,
}));

function from(folderId: string, drafts: FolderDrafts, owner: LibraryScript['owner'], prefix = folderId): LibraryScript[] {
  return Object.entries(drafts).map(([key, draft]) => ({ scriptId: `${prefix}.${key}`, folderId, draft, owner }));
}

/** All scripts of the brand for this season. */
export function brandScripts(season: Season): LibraryScript[] {
  const company = { scope: 'company' } as const;
  const folders: Record<string, FolderDrafts> = { welcome, skin, care, launch, offers: offersOf(season), service, member };
  return [
    ...Object.entries(folders).flatMap(([folderId, drafts]) => from(folderId, drafts, company)),
    ...Object.entries(storeScripts).flatMap(([storeName, drafts]) =>
      from('visit', drafts, { scope: 'store', storeName }, `visit.${storeName}`),
    ),
    ...Object.entries(personalScripts).flatMap(([userId, drafts]) => from('own', drafts, { scope: 'personal', userId }, `own.${userId}`)),
  ];
}
