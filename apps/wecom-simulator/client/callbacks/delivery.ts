/** How callbacks are delivered, in the words of `GET` and `POST /_sim/callbacks`. */
export interface Delivery {
  /** How often each event is sent. */
  duplicate: number;
  shuffle_ms: number;
  drop_rate: number;
  retry_on_non_200: boolean;
}

export interface ReadyDelivery {
  title: string;
  hint: string;
  delivery: Omit<Delivery, 'retry_on_non_200'>;
}

export const readyDeliveries: ReadyDelivery[] = [
  { title: '正常', hint: '一次一条，按先后', delivery: { duplicate: 1, shuffle_ms: 0, drop_rate: 0 } },
  { title: '重复', hint: '每条都到两次', delivery: { duplicate: 2, shuffle_ms: 0, drop_rate: 0 } },
  { title: '乱序', hint: '最多晚到 3 秒，先后不定', delivery: { duplicate: 1, shuffle_ms: 3000, drop_rate: 0 } },
  { title: '丢一半', hint: '两条里有一条永远不到', delivery: { duplicate: 1, shuffle_ms: 0, drop_rate: 0.5 } },
];

/** The ready choice that is on, or nothing when somebody has set a mixture of their own. */
export function chosenDelivery(now: Pick<Delivery, 'duplicate' | 'shuffle_ms' | 'drop_rate'>): ReadyDelivery | undefined {
  return readyDeliveries.find(
    ({ delivery }) =>
      delivery.duplicate === now.duplicate && delivery.shuffle_ms === now.shuffle_ms && delivery.drop_rate === now.drop_rate,
  );
}
