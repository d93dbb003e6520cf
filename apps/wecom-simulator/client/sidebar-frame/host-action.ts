/** What the client itself does after a bridge call of the sidebar has been granted. */
export type HostAction =
  | { does: 'open-chat'; chat: string }
  | { does: 'show-profile'; chat: string }
  | { does: 'show-picture'; url: string }
  | { does: 'leave'; url: string };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

/** The visible side of a granted call, or nothing when there is none (`openEnterpriseChat` with several people makes a group: not drawn here). */
export function hostAction(name: string, params: Record<string, unknown>): HostAction | undefined {
  if (name === 'openEnterpriseChat') {
    const chat = text(params['externalUserIds']);
    return chat !== '' && !chat.includes(';') && text(params['userIds']) === '' ? { does: 'open-chat', chat } : undefined;
  }
  if (name === 'openUserProfile') return Number(params['type']) === 2 ? { does: 'show-profile', chat: text(params['userid']) } : undefined;
  const url = text(name === 'imagePreview' ? params['current'] : name === 'openDefaultBrowser' ? params['url'] : '');
  if (!isWebAddress(url)) return undefined;
  return name === 'imagePreview' ? { does: 'show-picture', url } : { does: 'leave', url };
}
