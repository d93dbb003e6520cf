import { reactive, watch } from 'vue';

/** Whose client is open and which of their chats: an external_userid or the id of a group. */
export interface Selection {
  staff: string;
  chat: string | null;
}

/** The guide a first visitor becomes; the seed gives her the richest day. */
const FIRST_GUIDE = 'zhouyining';

export function readSelection(search: string): Selection {
  const asked = new URLSearchParams(search);
  return { staff: asked.get('staff') || FIRST_GUIDE, chat: asked.get('chat') || null };
}

/** The address that opens exactly this selection; other parameters stay as they are. */
export function selectionAddress(address: string, { staff, chat }: Selection): string {
  const url = new URL(address);
  url.searchParams.set('staff', staff);
  if (chat === null) url.searchParams.delete('chat');
  else url.searchParams.set('chat', chat);
  return url.pathname + url.search + url.hash;
}

/**
 * Tells the simulator's OAuth page who is logged in. Cookies ignore ports, so the sidebar's origin carries it too,
 * and it has to be there before the sidebar's frame loads.
 */
export function rememberStaff(staff: string): void {
  document.cookie = `sim_staff=${encodeURIComponent(staff)}; path=/; SameSite=Lax`;
}

export function useSelection(): Selection {
  const selection = reactive(readSelection(location.search));
  rememberStaff(selection.staff);
  watch(
    selection,
    (chosen) => {
      rememberStaff(chosen.staff);
      history.replaceState(null, '', selectionAddress(location.href, chosen));
    },
    { flush: 'sync' },
  );
  return selection;
}
