import type { Part, PreviewScriptReply, ScriptContent } from '@nextline/contract';
import { fill, withDefaults } from '@nextline/script-variables';
import { scriptValues } from '../customers/script-values.ts';
import { customerNotFound } from '../errors.ts';
import type { Deps, Principal } from '../feature.ts';
import { requirePermission } from '../identity/permissions.ts';
import { findPreviewCustomer } from './preview-customer.store.ts';
import { reachOf } from './script-reach.ts';

/** The parts as this customer would get them from the guide who knows her best; what stays empty is named and keeps its braces. */
export async function previewScript(
  deps: Deps,
  who: Principal,
  content: ScriptContent,
  externalUserId: string,
): Promise<PreviewScriptReply> {
  requirePermission(who, 'customers.read');
  const customer = await findPreviewCustomer(deps.db, externalUserId, reachOf(who).storeId);
  if (customer === null) throw customerNotFound();
  const values = withDefaults(scriptValues(customer), content.defaults);
  const missing = new Set<string>();
  const parts = content.parts.map((part): Part => {
    if (part.kind !== 'text') return part;
    const filled = fill(part.text, values);
    for (const variable of filled.unresolved) missing.add(variable);
    return { kind: 'text', text: filled.text };
  });
  return { parts, missing: [...missing], guideName: customer.guideName, customerName: values['客户称呼'] || customer.nickname };
}
