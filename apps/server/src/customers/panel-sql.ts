/**
 * Everything a panel needs of one customer, if this staff member may see them: they follow or followed the customer ($3), or manage ($5) the store ($4)
 * of somebody who does. One statement, so that opening a chat is one round trip; its text is fixed, so that Postgres plans it once. No row means
 * "not for you", whatever the reason.
 *
 * $1 corp, $2 customer, $3 staff, $4 their store or null, $5 whether they manage it.
 */
export const panelSql = `
SELECT c.name, c.avatar_url, c.gender, c.type, c.corp_name, c.stage_id, c.stage_entered_at, c.last_engaged_at, c.opted_out_at, c.custom_fields,
  f.staff_user_id, f.staff_name, f.store_name, f.remark, f.description, f.mobiles, f.tag_ids, f.pending_tag_ids, f.add_way, f.state,
  f.followed_at, f.ended_at, greatest(c.synced_at, f.synced_at) AS synced_at,
  s.recent_touches, s.marketing_touched_at, s.sent_scripts, s.pulse_customer, s.pulse_us, s.reply_hours, s.open_question, s.last_order,
  (SELECT st.name FROM stores st WHERE st.corp_id = $1 AND st.store_id = $4) AS own_store_name,
  (SELECT json_agg(json_build_object('taskId', t.task_id, 'title', t.title, 'scriptId', t.script_id, 'dueAt', t.due_at, 'kind', t.kind,
      'createdAt', t.created_at) ORDER BY t.due_at, t.task_id)
    FROM tasks t WHERE t.corp_id = $1 AND t.external_user_id = $2 AND t.staff_user_id = $3 AND t.status = 'open') AS tasks,
  (SELECT count(*)::int FROM tasks t WHERE t.corp_id = $1 AND t.staff_user_id = $3 AND t.status = 'open') AS open_task_count,
  (SELECT json_agg(json_build_object('sendId', d.send_id, 'scriptId', d.script_id, 'version', d.version, 'title', d.title,
      'startedAt', d.started_at, 'state', d.state, 'parts', d.parts, 'holderId', d.holder_id, 'heldUntil', d.held_until) ORDER BY d.started_at)
    FROM sends d WHERE d.corp_id = $1 AND d.external_user_id = $2 AND d.staff_user_id = $3 AND d.state = 'open') AS open_sends
FROM customers c
CROSS JOIN LATERAL (
  SELECT f.*, p.name AS staff_name, st.name AS store_name
  FROM follows f
  JOIN staff p ON p.corp_id = f.corp_id AND p.staff_user_id = f.staff_user_id
  LEFT JOIN stores st ON st.corp_id = p.corp_id AND st.store_id = p.store_id
  WHERE f.corp_id = $1 AND f.external_user_id = $2 AND (f.staff_user_id = $3 OR ($5 AND p.store_id = $4))
  ORDER BY f.staff_user_id = $3 DESC, f.ended_at IS NULL DESC, f.followed_at DESC
  LIMIT 1) f
LEFT JOIN touch_summaries s ON s.corp_id = $1 AND s.external_user_id = $2
WHERE c.corp_id = $1 AND c.external_user_id = $2`;
