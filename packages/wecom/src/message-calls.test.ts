import { expect, test } from 'vitest';
import { bodiesTo, connect, documented, ok } from './loopback-wecom.ts';
import { wecomPaths } from './wire-shapes.ts';

test('a file is uploaded as the field media, with a name that people can read', async () => {
  await using loopback = await documented({
    [wecomPaths.uploadMedia]: { ...ok, type: 'image', media_id: '1G6nrLmr5EC3MMb_', created_at: '1380000000' },
  });
  const { wecom } = connect(loopback);
  const bytes = Buffer.from('not really a picture');
  const uploaded = await wecom.uploadMedia({ kind: 'image', fileName: '新品"试用".png', bytes, contentType: 'image/png' });
  expect(uploaded).toEqual({ mediaId: '1G6nrLmr5EC3MMb_', uploadedAt: new Date(1380000000000) });
  const asked = loopback.asked.at(-1);
  expect(asked).toMatchObject({
    method: 'POST',
    query: { type: 'image' },
    contentType: expect.stringMatching(/^multipart\/form-data; boundary=/),
  });
  expect(asked?.body).toContain('name="media"; filename="新品%22试用%22.png"');
  expect(asked?.body).toContain('Content-Type: image/png');
  expect(asked?.body).toContain('not really a picture');
});

test('an upload without a media id or a date is no upload', async () => {
  await using loopback = await documented({ [wecomPaths.uploadMedia]: { ...ok, type: 'image', media_id: 'M' } });
  const { wecom } = connect(loopback);
  const upload = wecom.uploadMedia({ kind: 'file', fileName: 'a.pdf', bytes: new Uint8Array(9), contentType: 'application/pdf' });
  await expect(upload).rejects.toMatchObject({ kind: 'transient', api: wecomPaths.uploadMedia });
});

test('an app message tells whom it did not reach', async () => {
  await using loopback = await documented({
    [wecomPaths.appMessage]: {
      ...ok,
      invaliduser: 'userid1|userid2',
      invalidparty: 'partyid1',
      invalidtag: '',
      unlicenseduser: 'userid3',
      msgid: 'xxxx',
      response_code: 'xyzxyz',
    },
  });
  const { wecom } = connect(loopback);
  const to = { userIds: ['UserID1', 'UserID2'], departmentIds: ['1', '2'] };
  expect(await wecom.sendAppMessage({ to, message: { kind: 'text', content: '早' }, dropDuplicatesForSeconds: 600 })).toEqual({
    messageId: 'xxxx',
    invalidUserIds: ['userid1', 'userid2'],
    invalidDepartmentIds: ['partyid1'],
    invalidTagIds: [],
    unlicensedUserIds: ['userid3'],
    responseCode: 'xyzxyz',
  });
  const card = { card_type: 'text_notice', main_title: { title: '今日待办' } };
  await wecom.sendAppMessage({ to: { tagIds: ['3'] }, message: { kind: 'template_card', card } });
  await wecom.sendAppMessage({ to: 'everyone', message: { kind: 'markdown', content: '**早**' } });
  await wecom.sendAppMessage({
    to: 'everyone',
    message: { kind: 'textcard', title: 't', description: 'd', url: 'https://u', buttonText: '看' },
  });
  expect(bodiesTo(loopback, wecomPaths.appMessage)).toEqual([
    {
      touser: 'UserID1|UserID2',
      toparty: '1|2',
      agentid: 1000002,
      enable_duplicate_check: 1,
      duplicate_check_interval: 600,
      msgtype: 'text',
      text: { content: '早' },
    },
    { totag: '3', agentid: 1000002, msgtype: 'template_card', template_card: card },
    { touser: '@all', agentid: 1000002, msgtype: 'markdown', markdown: { content: '**早**' } },
    { touser: '@all', agentid: 1000002, msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'https://u', btntxt: '看' } },
  ]);
});

test('an app message can be a file, an article with an address, or one that opens a mini-program', async () => {
  await using loopback = await documented({ [wecomPaths.appMessage]: { ...ok, msgid: 'm' } });
  const { wecom } = connect(loopback);
  const to = { userIds: ['UserID1'] };
  for (const kind of ['image', 'video', 'file'] as const) await wecom.sendAppMessage({ to, message: { kind, mediaId: 'M' } });
  const article = { title: 't', description: 'd', pictureUrl: 'https://p' };
  await wecom.sendAppMessage({ to, message: { kind: 'article', article: { ...article, url: 'https://u' } } });
  await wecom.sendAppMessage({ to, message: { kind: 'article', article: { title: 't', appId: 'wx1', page: 'index.html' } } });
  const head = { touser: 'UserID1', agentid: 1000002 };
  expect(bodiesTo(loopback, wecomPaths.appMessage)).toEqual([
    { ...head, msgtype: 'image', image: { media_id: 'M' } },
    { ...head, msgtype: 'video', video: { media_id: 'M' } },
    { ...head, msgtype: 'file', file: { media_id: 'M' } },
    { ...head, msgtype: 'news', news: { articles: [{ title: 't', description: 'd', picurl: 'https://p', url: 'https://u' }] } },
    { ...head, msgtype: 'news', news: { articles: [{ title: 't', appid: 'wx1', pagepath: 'index.html' }] } },
  ]);
});

test('a welcome carries its text and every kind of attachment', async () => {
  await using loopback = await documented({ [wecomPaths.welcome]: ok });
  const { wecom } = connect(loopback);
  await wecom.sendWelcome({
    welcomeCode: 'CODE',
    text: '你好',
    attachments: [
      { kind: 'image', mediaId: 'M' },
      { kind: 'image', url: 'https://p' },
      { kind: 'link', title: 't', url: 'https://u', pictureUrl: 'https://p', description: 'd' },
      { kind: 'miniProgram', title: 't', pictureMediaId: 'M', appId: 'wx1', page: 'index' },
      { kind: 'video', mediaId: 'V' },
      { kind: 'file', mediaId: 'F' },
    ],
  });
  expect(bodiesTo(loopback, wecomPaths.welcome)).toEqual([
    {
      welcome_code: 'CODE',
      text: { content: '你好' },
      attachments: [
        { msgtype: 'image', image: { media_id: 'M' } },
        { msgtype: 'image', image: { pic_url: 'https://p' } },
        { msgtype: 'link', link: { title: 't', url: 'https://u', picurl: 'https://p', desc: 'd' } },
        { msgtype: 'miniprogram', miniprogram: { title: 't', pic_media_id: 'M', appid: 'wx1', page: 'index' } },
        { msgtype: 'video', video: { media_id: 'V' } },
        { msgtype: 'file', file: { media_id: 'F' } },
      ],
    },
  ]);
});
