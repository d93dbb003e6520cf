import type { ReportPartBody, Send } from '@nextline/contract';
import { useQueryCache } from '@pinia/colada';
import { defineStore } from 'pinia';
import { uuidv7 } from '../uuid.ts';
import { computed, inject, ref, shallowRef } from 'vue';
import { api, ApiFailure } from '../api.ts';
import { useBoot } from '../boot.ts';
import { bridgeFailure } from '../bridge/bridge-failure.ts';
import { instantNow } from '../clock.ts';
import { online } from '../connection.ts';
import { bridgeKey, useCurrentCustomer } from '../customer/current-customer.ts';
import { jsonStore } from '../page-storage.ts';
import { showToast } from '../toast.ts';
import { keptTaps, type KeptTap } from './kept-taps.ts';
import { sendHolder } from './send-holder.ts';
import { resultQueue, type PartResult } from './result-queue.ts';
import { holesIn, startBody, type SendRequest } from './send-request.ts';
import { busy, found, nextPart, progress, tapped, type SendEvent, type Sending } from './send-state.ts';
import { whyNot } from './why-not.ts';

/** One tap, one send: from the request to the recorded result of its last part. */
export const useSending = defineStore('sending', () => {
  const boot = useBoot();
  const bridge = inject(bridgeKey, null);
  const current = useCurrentCustomer();
  const cache = useQueryCache();
  const owner = `${boot.corpId}:${boot.staff.userId}`;
  const taps = keptTaps(jsonStore<KeptTap[]>(`nextline-taps:${owner}`, []));
  const results = resultQueue({
    store: jsonStore<PartResult[]>(`nextline-results:${owner}`, []),
    report: ({ externalUserId, sendId, n, body }) =>
      api('PUT /api/sidebar/customers/:externalUserId/sends/:sendId/parts/:n', { params: { externalUserId, sendId, n }, body }),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const holder = sendHolder(sessionStorage);
  addEventListener('online', () => void results.flush());
  void results.flush();

  const sending = shallowRef<Sending | null>(null);
  /** A request that waits in the sheet for missing words or for the guide's own. */
  const preparing = shallowRef<SendRequest | null>(null);
  /** The list whose cards are on screen: they show their sends themselves. */
  const listOnScreen = ref<string | null>(null);
  const messages = new Map<number, Send['parts'][number]['message']>();
  /** What was tapped for the send on screen; null for one that was begun before this page. */
  let request: SendRequest | null = null;

  const apply = (event: SendEvent) => {
    if (sending.value) sending.value = progress(sending.value, event);
  };

  const reason = computed(() =>
    whyNot({
      online: online.value,
      where: current.where.kind,
      panel: current.panel,
      refused: current.failure?.status === 404,
      busy: busy(sending.value, current.externalUserId),
    }),
  );

  function send(wanted: SendRequest): void {
    if (busy(sending.value, current.externalUserId)) {
      // Hers is on screen; another's is out of sight.
      if (reason.value !== null && sending.value?.externalUserId !== current.externalUserId) showToast(reason.value);
      return;
    }
    if (reason.value !== null || !current.panel || !current.externalUserId) {
      showToast(reason.value ?? '客户资料还没到，稍等一下。');
      return;
    }
    if (holesIn(wanted, current.panel.variables).length > 0) {
      preparing.value = wanted;
      return;
    }
    preparing.value = null;
    // Whoever begins another for her has done with the rest of the last one.
    const last = sending.value;
    if (last?.end === 'failed' && last.externalUserId === current.externalUserId) taps.settled(last.sendId);
    const body = startBody(uuidv7(), wanted);
    request = wanted;
    sending.value = tapped({ sendId: body.sendId, externalUserId: current.externalUserId, title: wanted.title, body });
    keepAsked(sending.value);
    void run();
  }

  /** Until the server answers, only this device knows that it was asked. */
  function keepAsked({ externalUserId, title, body, parts }: Sending): void {
    taps.keep({ externalUserId, title, body, sendingPart: null, unanswered: { at: instantNow().getTime(), parts } });
  }

  /** Asks for the messages, and for being the page that sends them. */
  async function claim({ externalUserId, body }: Sending): Promise<Send> {
    holder.asks();
    const asked = { params: { externalUserId }, body: { ...body, holderId: holder.holderId }, timeoutMs: 20_000 };
    const stored = await api('POST /api/sidebar/customers/:externalUserId/sends', asked);
    taps.settled(body.sendId);
    results.takenUp(body.sendId);
    messages.clear();
    for (const part of stored.parts) messages.set(part.n, part.message);
    return stored;
  }

  async function run(): Promise<void> {
    const state = sending.value;
    if (!state) return;
    try {
      apply({ type: 'accepted', send: await claim(state) });
    } catch (error) {
      onRefused(state, error instanceof ApiFailure ? error : new ApiFailure(0, 'unexpected', String(error)));
      return;
    }
    await sendParts();
  }

  function onRefused(state: Sending, refusal: ApiFailure): void {
    if (refusal.code === 'send.held') {
      taps.settled(state.sendId);
      return leaveToOther(state.sendId, Number(refusal.details['forMs']));
    }
    apply({ type: 'refused', refusal });
    // Without an answer the server may have recorded it: the tap keeps its id for the next try.
    if (refusal.status === 0 || refusal.status >= 500 || refusal.status === 401) return;
    taps.forget(state.sendId);
    // It knows better than what stands here: a cap that a colleague has used up, a script that is gone, a customer who has left.
    void cache.invalidateQueries({ key: ['library'] });
    void current.refresh();
  }

  /** Until the other page is done or gone; then the panel says which. */
  function leaveToOther(sendId: string, forMs: number): void {
    apply({ type: 'held_elsewhere' });
    const look = async () => {
      if (sending.value?.sendId !== sendId || sending.value.end !== 'elsewhere') return;
      await current.refresh();
      sending.value = null;
      pickUp(current.panel?.openSends ?? []);
    };
    setTimeout(() => void look(), forMs + 300);
  }

  /** Before a part that might outlast the time this page may send: offline, that is where it ends. */
  async function maySend(): Promise<boolean> {
    const state = sending.value;
    if (!state || holder.mayBegin()) return true;
    try {
      await claim(state);
      return true;
    } catch (error) {
      if (error instanceof ApiFailure && error.code === 'send.held') onRefused(state, error);
      else apply({ type: 'client_silent' });
      return false;
    }
  }

  async function sendParts(): Promise<void> {
    for (let n = sending.value && nextPart(sending.value); n; n = sending.value && nextPart(sending.value)) {
      const message = messages.get(n);
      if (!bridge || !message || !sending.value) return;
      if (!(await maySend())) break;
      if (!(await stillTheirChat(sending.value.externalUserId))) break;
      // 停在这里 may have been tapped while the client was asked.
      if (nextPart(sending.value) !== n) break;
      apply({ type: 'part_began', n });
      taps.mark(sending.value.sendId, n);
      try {
        await bridge.sendMessage(message);
        settlePart(n, 'sent', null);
      } catch (error) {
        const failure = bridgeFailure(error);
        if (failure.reason === 'silent') apply({ type: 'part_unclear', n });
        else settlePart(n, failure.reason === 'cancelled' ? 'cancelled' : 'failed', failure.errMsg);
      }
    }
    await afterwards();
  }

  /** The client sends to whichever chat is open, so each part asks first. */
  async function stillTheirChat(externalUserId: string): Promise<boolean> {
    try {
      const chat = await bridge?.whoIsHere();
      if (chat?.kind === 'customer' && chat.externalUserId === externalUserId) return true;
      apply({ type: 'chat_changed' });
      current.askAgain();
    } catch {
      apply({ type: 'client_silent' });
    }
    return false;
  }

  function settlePart(n: number, state: ReportPartBody['state'], errMsg: string | null): void {
    if (!sending.value) return;
    const { sendId, externalUserId } = sending.value;
    results.add({ externalUserId, sendId, n, body: { state, errMsg, at: instantNow().toISOString() } });
    taps.mark(sendId, null);
    if (state === 'sent') apply({ type: 'part_sent', n });
    else if (state === 'cancelled') apply({ type: 'part_cancelled', n });
    else apply({ type: 'part_failed', n, errMsg: errMsg ?? '' });
  }

  async function afterwards(): Promise<void> {
    const state = sending.value;
    if (!state) return;
    if (state.parts.some((part) => part.state === 'sent')) {
      const sentAt = instantNow().toISOString();
      current.patch(state.externalUserId, (panel) => ({ ...panel, sentScripts: { ...panel.sentScripts, [state.body.scriptId]: sentAt } }));
    }
    keepHalf(state);
    await results.flush();
    if (state.end === 'stopped') await tellStopped(state);
    if (results.waiting.value.some((result) => result.sendId === state.sendId)) return;
    if (state.end === 'done' || state.end === 'cancelled') taps.forget(state.sendId);
    if (current.externalUserId === state.externalUserId) void current.refresh();
    void cache.invalidateQueries({ key: ['tasks'] });
    void cache.invalidateQueries({ key: ['timeline', state.externalUserId] });
  }

  /** Half of it reached her: tapped anew, she would get that half twice. So the rest is offered by the next page too. */
  function keepHalf({ externalUserId, title, body, end, parts }: Sending): void {
    if (end !== 'failed' || !parts.some((part) => part.state === 'sent')) return;
    taps.keep({ externalUserId, title, body, sendingPart: null, half: { at: instantNow().getTime(), parts } });
  }

  async function tellStopped({ externalUserId, sendId }: Sending): Promise<void> {
    try {
      // A result that arrived after the stop would open the send again.
      await results.flush();
      await api('PUT /api/sidebar/customers/:externalUserId/sends/:sendId/stop', { params: { externalUserId, sendId } });
      taps.forget(sendId);
    } catch {
      // It stays open on the server and is offered again with the panel: nothing is lost.
    }
  }

  return {
    /** The send on screen, also after its end, until it is dismissed or another begins. */
    sending,
    preparing,
    listOnScreen,
    /** Results that have not reached the server yet. */
    waitingResults: results.waiting,
    /** Why nothing can be sent right now, in one sentence; null when it can. */
    whyNot: reason,
    /** One tap on 发送. Opens the sheet when words are missing. A second tap while one is under way does nothing. */
    send,
    /** 编辑后发送. */
    edit(wanted: SendRequest) {
      preparing.value = wanted;
    },
    /** 改一改: the guide's own words are why it was refused. They come back, to be changed. */
    amend() {
      dismiss();
      preparing.value = request;
    },
    /** 停在这里. */
    stop() {
      const wasRunning = sending.value?.phase === 'running';
      apply({ type: 'stop_tapped' });
      if (wasRunning && sending.value?.end === 'stopped') void afterwards();
    },
    /** 从第 n 条接着发, and 重试. */
    resume() {
      if (!sending.value || !online.value) return;
      apply({ type: 'resume_tapped' });
      if (sending.value.phase !== 'starting') return;
      keepAsked(sending.value);
      void run();
    },
    /** The guide looked into the chat. */
    answer(n: number, arrived: boolean) {
      if (!sending.value) return;
      const { sendId, externalUserId } = sending.value;
      const at = instantNow().toISOString();
      results.add({
        externalUserId,
        sendId,
        n,
        body: { state: arrived ? 'sent' : 'failed', errMsg: arrived ? null : 'staff: not in the chat', at },
      });
      taps.mark(sendId, null);
      apply({ type: 'answered', n, sent: arrived });
      void afterwards();
    },
    dismiss,
    pickUp,
  };

  /** 算了: ends it on the server too, if it is still open there. */
  function dismiss(): void {
    const state = sending.value;
    sending.value = null;
    const over = state?.end === 'done' || state?.end === 'cancelled' || state?.end === 'elsewhere';
    if (!state || over) return;
    // Refused here or never answered: the guide has done with it, whatever the server knows of it.
    taps.settled(state.sendId);
    if (state.parts.length > 0) void tellStopped(state);
  }

  /** Shows what an earlier visit of this page, or another one, left open, or was asked for and never begun. */
  function pickUp(open: readonly Send[]): void {
    if (busy(sending.value, current.externalUserId) || sending.value?.externalUserId === current.externalUserId) return;
    const left =
      open
        .filter((send) => !endedHere(send))
        .map((send) => leftOpen(send))
        .find((state) => state.end !== 'done') ?? leftHere();
    if (!left) return;
    sending.value = left;
    request = null;
    const until = open.find(({ sendId }) => sendId === left.sendId)?.heldUntil;
    if (left.end === 'elsewhere' && until) leaveToOther(left.sendId, Date.parse(until) - instantNow().getTime());
  }

  /** The client has refused a part, or the guide has cancelled it: that is not asked again, also while the server has not heard of it. */
  function endedHere({ sendId }: Send): boolean {
    const ended = results.seen(sendId).some(({ body }) => body.state !== 'sent');
    return ended && taps.find(sendId)?.unanswered === undefined;
  }

  /**
   * Sent, or gone on with, where there was no network: the client was never asked, so it is offered as the guide left it. And what the client cut in
   * half.
   */
  function leftHere(): Sending | null {
    const tap = current.externalUserId === null ? undefined : taps.leftOver(current.externalUserId, instantNow());
    const left = tap?.unanswered ?? tap?.half;
    if (!tap || !left) return null;
    const { externalUserId, title, body } = tap;
    const end = tap.unanswered ? 'interrupted' : 'failed';
    return { ...tapped({ sendId: body.sendId, externalUserId, title, body }), phase: 'ended', end, parts: left.parts };
  }

  function leftOpen(send: Send): Sending {
    const tap = taps.find(send.sendId);
    const known = results.seen(send.sendId);
    const parts = send.parts.map((part) => ({ ...part, state: known.find(({ n }) => n === part.n)?.body.state ?? part.state }));
    const body = tap?.body ?? { sendId: send.sendId, scriptId: send.scriptId, version: send.version, source: { kind: 'library' as const } };
    return found({ ...send, parts }, body, tap?.sendingPart ?? null, { holderId: holder.holderId, now: instantNow() });
  }
});
