import { defineWords, useWords } from './i18n/words.ts';

/** Any call that did not end in 2xx. `message` is a sentence for the person, in the language of the page. `status` 0: no answer at all (offline, unreachable, timed out). */
export class ApiFailure extends Error {
  declare readonly status: number;
  declare readonly code: string;
  declare readonly details: Record<string, unknown>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const t = useWords(
  defineWords({
    'zh-CN': {
      unreachable: '连不上服务器。检查网络后再试，填的内容都还在。',
      noAnswer: '服务器没有正常回答，过一会儿再试。',
    },
    en: {
      unreachable: 'The server cannot be reached. Check the network and try again; what you filled in is still here.',
      noAnswer: 'The server did not answer as it should. Try again in a while.',
    },
  }),
);

export const unreachable = () => new ApiFailure(0, 'network.unreachable', t('unreachable'));

/** A proxy in between may answer with its own page: the status is then all there is to say. */
export function failureOf(status: number, body: string): ApiFailure {
  let answer: { error?: { code?: string; message?: string; details?: Record<string, unknown> } } | null = null;
  try {
    answer = JSON.parse(body);
  } catch {
    answer = null;
  }
  const error = answer?.error;
  return new ApiFailure(status, error?.code ?? `http.${status}`, error?.message ?? t('noAnswer'), error?.details);
}
