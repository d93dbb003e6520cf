import type { Panel } from '@nextline/contract';
import { api } from './api.ts';
import type { WecomBridge } from './bridge/wecom-bridge.ts';

/** What was asked before there was anything to draw it with. */
export type Opening = {
  /** Its first `whoIsHere` is the question asked at the start; later ones ask anew. */
  bridge: WecomBridge;
  /** The customer and her panel, once both are known. */
  known: { externalUserId: string; panel: Panel } | null;
  /** The panel asked for at the start, until it is known or taken: a later question must get a fresh answer. */
  takePanel: (externalUserId: string) => Promise<Panel> | null;
  /** Whether 发送 was tapped on this customer's first words. Asked once: whoever asks sends, and never to somebody else. */
  takeTap: (externalUserId: string) => boolean;
  /** 发送 was tapped before there was anything that could send. */
  tap: () => void;
  /** Never rejects: what failed is told to whoever asks the bridge or takes the panel. */
  settled: Promise<void>;
};

/** Asks WeCom who the chat is with and the server for her panel at once. */
export function openChat(bridge: WecomBridge): Opening {
  const firstAnswer = bridge.whoIsHere();
  let told = false;
  let wasTapped = false;
  let asked: { externalUserId: string; panel: Promise<Panel> } | null = null;
  const opening: Opening = {
    bridge: {
      ...bridge,
      whoIsHere() {
        if (told) return bridge.whoIsHere();
        told = true;
        return firstAnswer;
      },
    },
    known: null,
    takePanel(externalUserId) {
      const panel = asked?.externalUserId === externalUserId ? asked.panel : null;
      asked = null;
      return panel;
    },
    tap() {
      wasTapped = true;
    },
    takeTap(externalUserId) {
      const tapped = wasTapped && opening.known?.externalUserId === externalUserId;
      wasTapped = false;
      return tapped;
    },
    settled: ask().catch(() => undefined),
  };

  async function ask(): Promise<void> {
    const chat = await firstAnswer;
    if (chat.kind !== 'customer') return;
    const { externalUserId } = chat;
    const panel = api('GET /api/sidebar/customers/:externalUserId', { params: { externalUserId } });
    asked = { externalUserId, panel };
    opening.known = { externalUserId, panel: await panel };
    asked = null;
  }
  return opening;
}
