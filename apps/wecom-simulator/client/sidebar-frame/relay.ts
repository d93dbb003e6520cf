import { onBeforeUnmount, onMounted } from 'vue';
import { post } from '../api.ts';
import { hostAction, type HostAction } from './host-action.ts';

/** In whose hands the sidebar is, and beside which chat: what the bridge needs to answer it. */
export interface BridgeContext {
  staff: string;
  chat: string | null;
  entry: string;
}

interface Invocation {
  id: number;
  name: string;
  json: string;
  href: string;
}

/** A call of the sidebar to its host, or nothing if the message is something else. */
export function invocation(data: unknown): Invocation | undefined {
  if (typeof data !== 'object' || data === null || !('sim' in data) || data.sim !== 1) return undefined;
  if (!('kind' in data) || data.kind !== 'invoke') return undefined;
  const { id, name, json, href } = data as Partial<Invocation>;
  if (typeof id !== 'number' || typeof name !== 'string' || typeof json !== 'string' || typeof href !== 'string') return undefined;
  return { id, name, json, href };
}

/**
 * Carries the sidebar's bridge calls to the simulator's server (`POST /_sim/bridge`) and its answers back into the frame.
 * Only the frame itself, on the webview's origin, is listened to. `answered` hears of every answer, and what it lets the sidebar do to its host.
 */
export function useRelay(
  frame: () => HTMLIFrameElement | null,
  origin: () => string,
  context: () => BridgeContext,
  answered: (action: HostAction | undefined) => void,
): void {
  async function onMessage(event: MessageEvent): Promise<void> {
    const window = frame()?.contentWindow;
    if (!window || event.source !== window || event.origin !== origin()) return;
    const call = invocation(event.data);
    if (!call) return;
    const { id, name, json, href } = call;
    const params: Record<string, unknown> = JSON.parse(json);
    const result = await post<{ result: { err_msg: string } | null }>('/_sim/bridge', { ...context(), name, params, href }).then(
      (answer) => answer.result,
      (cause: unknown) => ({ err_msg: `${name}:fail ${cause instanceof Error ? cause.message : 'system error'}` }),
    );
    // `null` is a fault somebody chose: a client that never answers.
    if (result) window.postMessage({ sim: 1, kind: 'result', id, json: JSON.stringify(result) }, origin());
    answered(result?.err_msg.endsWith(':ok') ? hostAction(name, params) : undefined);
  }
  onMounted(() => window.addEventListener('message', onMessage));
  onBeforeUnmount(() => window.removeEventListener('message', onMessage));
}

/** Tells the page in the frame that it is looked at again, as a client does that keeps it over a change of chat. */
export function wake(frame: HTMLIFrameElement | null, origin: string): void {
  frame?.contentWindow?.postMessage({ sim: 1, kind: 'wake' }, origin);
}

/** Where the sidebar is entered as this staff member; the webview drops another one's session on the way. */
export function sidebarAddress(webviewUrl: string, sidebarPath: string, staff: string): string {
  const url = new URL('/_webview/enter', webviewUrl);
  url.searchParams.set('staff', staff);
  url.searchParams.set('to', sidebarPath);
  return url.href;
}
