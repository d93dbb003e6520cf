import type { ScriptContent, ScriptForEditing } from '@nextline/contract';
import { scriptForEditing } from '@nextline/contract';
import type { InjectOptions } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { staff } from '../identity/identity.table.ts';
import type { TestApp } from '../test-app.ts';

/** 陆一鸣 and 陈岚 write, 沈乔 passes and decides the rules, 何昕 looks. */
export async function hireHeadquarters({ deps }: TestApp): Promise<void> {
  const { corpId } = deps.config.wecom;
  const syncedAt = deps.clock.now();
  await deps.db.insert(staff).values([
    { corpId, staffUserId: 'luyiming', name: '陆一鸣', role: 'operator', syncedAt },
    { corpId, staffUserId: 'chenlan', name: '陈岚', role: 'operator', syncedAt },
    { corpId, staffUserId: 'shenqiao', name: '沈乔', role: 'admin', syncedAt },
    { corpId, staffUserId: 'hexin', name: '何昕', role: 'auditor', syncedAt },
  ]);
}

export const contentOf = (text: string, more: Partial<ScriptContent> = {}): ScriptContent => ({
  folderId: 'f1',
  title: '使用回访：舒缓精华一周',
  keywords: ['回访'],
  purpose: 'service',
  parts: [{ kind: 'text', text }],
  audience: { kind: 'company' },
  fit: { stageIds: [], tagIds: [], season: [], answers: [], daysSinceFollow: null, daysSinceOrder: null, orderItems: [], silentDays: null },
  validFrom: null,
  validUntil: null,
  defaults: {},
  ...more,
});

/** Calls of the console as somebody of the corp. */
export function consoleOf(app: TestApp) {
  const call = (who: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: InjectOptions['payload']) =>
    app.app.inject({ method, url: `/api/admin${path}`, headers: app.cookieOf(who), ...(payload !== undefined && { payload }) });
  const create = async (who: string, content: ScriptContent, scriptId = uuidv7()): Promise<ScriptForEditing> =>
    scriptForEditing.parse((await call(who, 'POST', '/scripts', { scriptId, content })).json());
  const step = (who: string, scriptId: string, name: string, revision: number, more: object = {}) =>
    call(who, 'POST', `/scripts/${scriptId}/${name}`, { revision, ...more });
  /** Written by one, passed by another. */
  const publish = async (content: ScriptContent, scriptId = uuidv7()): Promise<ScriptForEditing> => {
    const made = await create('luyiming', content, scriptId);
    const submitted = scriptForEditing.parse((await step('luyiming', scriptId, 'submit', made.revision)).json());
    return scriptForEditing.parse((await step('shenqiao', scriptId, 'approve', submitted.revision)).json());
  };
  return { call, create, step, publish };
}

/** One file as a browser sends it, fields first. */
export function multipart(fileName: string, bytes: Buffer, fields: Readonly<Record<string, string>> = {}) {
  const boundary = 'nextline-test-boundary';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
