import type { ScriptAudience } from '@nextline/contract';
import { useBoot } from '../../../boot.ts';

/** For whom somebody writes before they have said: a manager writes for the own store, and for nobody else. */
export function firstAudience(): ScriptAudience {
  const { role, storeId } = useBoot().staff;
  return role === 'manager' && storeId !== null ? { kind: 'stores', storeIds: [storeId] } : { kind: 'company' };
}
