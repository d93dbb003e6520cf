/** What the simulated WeCom says of itself (`GET /_sim/world`): the brand's own data is laid over these people. */
export type World = {
  corp: { corp_id: string; name: string };
  app: { agent_id: string; secret: string };
  callback: { token: string; aes_key: string };
  staff: { userid: string; name: string }[];
  customers: { external_userid: string; name: string }[];
  follows: { staff: string; external_userid: string; remark: string; tags: string[]; state: string }[];
  tag_groups: { group_id: string; group_name: string; tags: { id: string; name: string }[] }[];
};
