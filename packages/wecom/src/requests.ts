/** Both empty: all tags. `groupIds` wins over `tagIds`. */
export type CorpTagFilter = { tagIds?: readonly string[]; groupIds?: readonly string[] };

/** Into an existing group by id, or into the group of that name (≤ 30 characters), which is made when missing. */
export type NewCorpTags = { order?: number; tags: readonly { name: string; order?: number }[] } & (
  | { groupId: string }
  | { groupName: string }
);

/** `id` of a tag or of a group. */
export type CorpTagEdit = { id: string; name?: string; order?: number };

export type TagMarks = { staffUserId: string; externalUserId: string; add: readonly string[]; remove: readonly string[] };

/** At least one of the texts. `mobiles` replaces all of them, empty clears. remark and company ≤ 20 characters, description ≤ 150. */
export type RemarkChange = {
  staffUserId: string;
  externalUserId: string;
  remark?: string;
  description?: string;
  company?: string;
  mobiles?: readonly string[];
  pictureMediaId?: string;
};

export type MediaKind = 'image' | 'voice' | 'video' | 'file';

/** `fileName` is what people see. Limits: image 10 MB, voice 2 MB, video 10 MB, file 20 MB; more than 5 bytes. */
export type MediaUpload = { kind: MediaKind; fileName: string; bytes: Uint8Array; contentType: string };

export type AppMessageContent =
  | { kind: 'text'; content: string }
  | { kind: 'markdown'; content: string }
  | { kind: 'image' | 'video' | 'file'; mediaId: string }
  | { kind: 'article'; article: AppArticle }
  | { kind: 'textcard'; title: string; description: string; url: string; buttonText?: string }
  /** `card` goes to WeCom as it is. */
  | { kind: 'template_card'; card: Readonly<Record<string, unknown>> };

/** Opens an address, or a page of a mini-program that is bound to the app: then the address counts for nothing. */
export type AppArticle = { title: string; description?: string; pictureUrl?: string } & ({ url: string } | { appId: string; page: string });

/** To the app's staff: named people (≤ 1000), departments (≤ 100), contact tags (≤ 100), or everybody. */
export type AppMessage = {
  to: { userIds?: readonly string[]; departmentIds?: readonly string[]; tagIds?: readonly string[] } | 'everyone';
  message: AppMessageContent;
  /** WeCom drops the same message to the same people within this many seconds (≤ 4 h). */
  dropDuplicatesForSeconds?: number;
};

export type WelcomeAttachment =
  | { kind: 'image'; mediaId: string }
  | { kind: 'image'; url: string }
  | { kind: 'link'; title: string; url: string; pictureUrl?: string; description?: string }
  | { kind: 'miniProgram'; title: string; pictureMediaId: string; appId: string; page: string }
  | { kind: 'video'; mediaId: string }
  | { kind: 'file'; mediaId: string };

/** The code lives 20 s and works once. Text ≤ 4000 bytes, at most 9 attachments. */
export type Welcome = { welcomeCode: string; text?: string; attachments?: readonly WelcomeAttachment[] };
