import type { CustomerWithFollows, Follow } from './answers.ts';
import type { CallWeCom } from './call-wecom.ts';
import { customerOf, followOf } from './customer-reading.ts';
import { incomplete, WeComError } from './errors.ts';
import { record, records, text, textOrNull, texts } from './lenient-reading.ts';
import type { RemarkChange } from './requests.ts';
import type { WeCom } from './wecom.ts';
import {
  wecomPaths,
  type WireCustomer,
  type WireCustomerIdList,
  type WireCustomerRow,
  type WireCustomersOfUsers,
  type WireCustomersOfUsersRequest,
  type WireExternalContact,
  type WireFollowInfo,
  type WireFollowUser,
  type WireRemarkRequest,
} from './wire-shapes.ts';

type CustomerCalls = Pick<WeCom, 'customer' | 'customerIdsOf' | 'customersOfStaff' | 'setRemark'>;

/** Customers and the relations to them. A remark whose outcome is unknown is for the caller to look up: somebody may have changed it since. */
export function customerCalls(call: CallWeCom): CustomerCalls {
  return {
    async customer(externalUserId) {
      const api = wecomPaths.customer;
      const follows: Follow[] = [];
      const query = { external_userid: externalUserId };
      let cursor: string | null = null;
      for (;;) {
        const page: Record<string, string> = cursor === null ? query : { ...query, cursor };
        const answer = await call<WireCustomer>({ api, query: page, repeatable: true });
        // Whom nobody follows is told by 84061. An answer without the list would end every relation to her.
        if (!Array.isArray(answer.follow_user) || answer.external_contact == null) throw incomplete(api, 'external_contact or follow_user');
        follows.push(...records<WireFollowUser>(answer.follow_user).map(followOf));
        const next = textOrNull(answer.next_cursor);
        if (next === null || next === cursor) return complete(externalUserId, answer.external_contact, follows);
        cursor = next;
      }
    },

    async customerIdsOf(staffUserId) {
      const query = { userid: staffUserId };
      // 84061 is WeCom's way of saying that this person has no customers.
      const answer = await unlessNone(call<WireCustomerIdList>({ api: wecomPaths.customerIds, query, repeatable: true }));
      return texts(answer?.external_userid);
    },

    async customersOfStaff({ staffUserIds, cursor, limit = 100 }) {
      const api = wecomPaths.customersOfUsers;
      const body: WireCustomersOfUsersRequest = { userid_list: [...staffUserIds], cursor: cursor ?? '', limit };
      const answer = await unlessNone(call<WireCustomersOfUsers>({ api, body, repeatable: true }));
      if (answer === null) return { customers: [], nextCursor: null, unlicensed: [] };
      // Whoever reads to the end would read this page for ever.
      if (cursor && textOrNull(answer.next_cursor) === cursor) throw incomplete(api, 'another cursor than the one it was asked with');
      return {
        customers: records<WireCustomerRow>(answer.external_contact_list)
          .map((row) => ({
            customer: customerOf(record<WireExternalContact>(row.external_contact)),
            follow: followOf(record<WireFollowInfo>(row.follow_info)),
          }))
          .filter((row) => row.customer.externalUserId !== '' && row.follow.staffUserId !== ''),
        nextCursor: textOrNull(answer.next_cursor),
        unlicensed: texts(record<{ unlicensed_userid_list: string[] }>(answer.fail_info).unlicensed_userid_list),
      };
    },

    async setRemark(change) {
      await call({ api: wecomPaths.remark, body: remarkRequest(change), repeatable: false });
    },
  };
}

function complete(asked: string, contact: unknown, follows: Follow[]): CustomerWithFollows {
  const customer = customerOf(record<WireExternalContact>(contact));
  return {
    customer: { ...customer, externalUserId: text(customer.externalUserId) || asked },
    follows: follows.filter(({ staffUserId }) => staffUserId !== ''),
  };
}

async function unlessNone<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WeComError && error.errcode === 84061) return null;
    throw error;
  }
}

function remarkRequest(change: RemarkChange): WireRemarkRequest {
  const { mobiles } = change;
  return {
    userid: change.staffUserId,
    external_userid: change.externalUserId,
    remark: change.remark,
    description: change.description,
    remark_company: change.company,
    // An empty list would leave the numbers as they are; one empty text clears them.
    remark_mobiles: mobiles?.length === 0 ? [''] : mobiles && [...mobiles],
    remark_pic_mediaid: change.pictureMediaId,
  };
}
