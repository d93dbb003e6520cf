import type { Part, SendSource, StartSendBody } from '@nextline/contract';
import { fill, withDefaults } from '@nextline/script-variables';

/** What a tap wants to send: a script as written, from where, and what the guide changed or filled in. */
export type SendRequest = {
  scriptId: string;
  version: number;
  title: string;
  parts: readonly Part[];
  /** The script's own words for variables that have no value. */
  defaults: Readonly<Record<string, string>>;
  source: SendSource;
  edits?: readonly { n: number; text: string }[];
  fills?: Readonly<Record<string, string>>;
};

/** What stands for a variable: what the guide filled in, else what is known of the customer, else the script's own words. */
export function valuesFor({ defaults, fills }: Pick<SendRequest, 'defaults' | 'fills'>, variables: Readonly<Record<string, string>>) {
  return { ...withDefaults(variables, defaults), ...fills };
}

/** The variables that would still be holes, each once. They block the send. */
export function holesIn(request: SendRequest, variables: Readonly<Record<string, string>>): string[] {
  const values = valuesFor(request, variables);
  const holes = request.parts.flatMap((part, index) => {
    const edited = request.edits?.find(({ n }) => n === index + 1)?.text;
    const text = edited ?? (part.kind === 'text' ? part.text : '');
    return fill(text, values).unresolved;
  });
  return [...new Set(holes)];
}

/** The body of the call, with the identity of this one tap. */
export function startBody(sendId: string, { scriptId, version, source, edits, fills }: SendRequest): StartSendBody {
  return { sendId, scriptId, version, source, edits: [...(edits ?? [])], fills: { ...fills } };
}
