/** What the simulator's server said when it refused, in its own words. */
export class SimulatorError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new SimulatorError(0, '模拟器没有回应，它可能停了');
  });
  const text = await response.text();
  if (!response.ok) throw new SimulatorError(response.status, refusal(text) ?? `模拟器回了 ${response.status}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}

function refusal(text: string): string | undefined {
  try {
    const { message, error }: { message?: string; error?: string } = JSON.parse(text);
    return message ?? error;
  } catch {
    return undefined;
  }
}

/** Why something did not happen, in a sentence for the page. The server's own words are for developers. */
export function reason(cause: unknown): string {
  if (!(cause instanceof SimulatorError)) return cause instanceof Error ? cause.message : String(cause);
  if (cause.status === 403) return '你们已经不是好友了。';
  if (cause.status === 404) return '模拟的企业微信里没有这个人，或者已经删掉了。';
  return cause.message;
}

/** GET from the simulator's control API; the shape is the caller's claim, written next to the endpoint's noun. */
export const get = <T>(path: string): Promise<T> => call<T>('GET', path);
export const post = <T = object>(path: string, body: object = {}): Promise<T> => call<T>('POST', path, body);
export const remove = <T = object>(path: string, body?: object): Promise<T> => call<T>('DELETE', path, body);
