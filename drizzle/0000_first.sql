CREATE TABLE "customers" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"avatar_url" text,
	"type" text NOT NULL,
	"gender" text DEFAULT 'unknown' NOT NULL,
	"union_id" text COLLATE "C",
	"corp_name" text,
	"stage_id" text COLLATE "C",
	"stage_entered_at" timestamp (3) with time zone,
	"last_engaged_at" timestamp (3) with time zone,
	"opted_out_at" timestamp (3) with time zone,
	"custom_fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customers_corp_id_external_user_id_pk" PRIMARY KEY("corp_id","external_user_id")
);
--> statement-breakpoint
CREATE TABLE "follows" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"mobiles" text[] DEFAULT '{}' NOT NULL,
	"tag_ids" text[] DEFAULT '{}' NOT NULL,
	"pending_tag_ids" text[] DEFAULT '{}' NOT NULL,
	"add_way" smallint DEFAULT 0 NOT NULL,
	"state" text,
	"followed_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "follows_corp_id_external_user_id_staff_user_id_pk" PRIMARY KEY("corp_id","external_user_id","staff_user_id")
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"note_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"text" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notes_corp_id_external_user_id_note_id_pk" PRIMARY KEY("corp_id","external_user_id","note_id")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"order_id" text COLLATE "C" NOT NULL,
	"items" jsonb NOT NULL,
	"amount" bigint NOT NULL,
	"store_id" text COLLATE "C",
	"ordered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "orders_corp_id_external_user_id_order_id_pk" PRIMARY KEY("corp_id","external_user_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"outcome_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"staff_user_id" text COLLATE "C",
	"summary" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outcomes_corp_id_external_user_id_outcome_id_pk" PRIMARY KEY("corp_id","external_user_id","outcome_id")
);
--> statement-breakpoint
CREATE TABLE "touch_summaries" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"recent_touches" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"marketing_touched_at" timestamp (3) with time zone[] DEFAULT '{}' NOT NULL,
	"sent_scripts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"pulse_customer" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"pulse_us" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reply_hours" integer[] DEFAULT '{}' NOT NULL,
	"open_question" jsonb,
	"last_order" jsonb,
	CONSTRAINT "touch_summaries_corp_id_external_user_id_pk" PRIMARY KEY("corp_id","external_user_id")
);
--> statement-breakpoint
CREATE TABLE "corps" (
	"corp_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'Asia/Shanghai' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "corps_corp_id_pk" PRIMARY KEY("corp_id")
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"corp_id" text COLLATE "C" NOT NULL,
	"department_id" text COLLATE "C" NOT NULL,
	"parent_id" text COLLATE "C",
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "departments_corp_id_department_id_pk" PRIMARY KEY("corp_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "oauth_states" (
	"corp_id" text COLLATE "C" NOT NULL,
	"state_hash" text COLLATE "C" NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "oauth_states_corp_id_state_hash_pk" PRIMARY KEY("corp_id","state_hash")
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"corp_id" text COLLATE "C" NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"alias" text,
	"avatar_url" text,
	"position" text,
	"department_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"store_id" text COLLATE "C",
	"role" text DEFAULT 'guide' NOT NULL,
	"follows_customers" boolean DEFAULT false NOT NULL,
	"left_at" timestamp (3) with time zone,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "staff_corp_id_staff_user_id_pk" PRIMARY KEY("corp_id","staff_user_id")
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"corp_id" text COLLATE "C" NOT NULL,
	"store_id" text COLLATE "C" NOT NULL,
	"department_id" text COLLATE "C",
	"region" text,
	"name" text NOT NULL,
	CONSTRAINT "stores_corp_id_store_id_pk" PRIMARY KEY("corp_id","store_id")
);
--> statement-breakpoint
CREATE TABLE "library_versions" (
	"corp_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "library_versions_corp_id_pk" PRIMARY KEY("corp_id")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"corp_id" text COLLATE "C" NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"byte_size" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "media_corp_id_sha256_pk" PRIMARY KEY("corp_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "media_uploads" (
	"corp_id" text COLLATE "C" NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"agent_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"media_id" text COLLATE "C" NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"dies_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "media_uploads_corp_id_sha256_agent_id_kind_pk" PRIMARY KEY("corp_id","sha256","agent_id","kind")
);
--> statement-breakpoint
CREATE TABLE "missing_scripts" (
	"corp_id" text COLLATE "C" NOT NULL,
	"request_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"query" text NOT NULL,
	"wish" text,
	"automatic" boolean NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "missing_scripts_corp_id_request_id_pk" PRIMARY KEY("corp_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "script_favourites" (
	"corp_id" text COLLATE "C" NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "script_favourites_corp_id_staff_user_id_script_id_pk" PRIMARY KEY("corp_id","staff_user_id","script_id")
);
--> statement-breakpoint
CREATE TABLE "script_folders" (
	"corp_id" text COLLATE "C" NOT NULL,
	"folder_id" text COLLATE "C" NOT NULL,
	"parent_id" text COLLATE "C",
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "script_folders_corp_id_folder_id_pk" PRIMARY KEY("corp_id","folder_id")
);
--> statement-breakpoint
CREATE TABLE "script_uses" (
	"corp_id" text COLLATE "C" NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"uses" integer NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "script_uses_corp_id_staff_user_id_script_id_pk" PRIMARY KEY("corp_id","staff_user_id","script_id")
);
--> statement-breakpoint
CREATE TABLE "script_versions" (
	"corp_id" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"title_pinyin" text NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"purpose" text NOT NULL,
	"parts" jsonb NOT NULL,
	"fit" jsonb NOT NULL,
	"author_user_id" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "script_versions_corp_id_script_id_version_pk" PRIMARY KEY("corp_id","script_id","version")
);
--> statement-breakpoint
CREATE TABLE "scripts" (
	"corp_id" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"folder_id" text COLLATE "C" NOT NULL,
	"scope" text DEFAULT 'company' NOT NULL,
	"store_id" text COLLATE "C",
	"owner_user_id" text COLLATE "C",
	"status" text NOT NULL,
	"published_version" integer,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scripts_corp_id_script_id_pk" PRIMARY KEY("corp_id","script_id")
);
--> statement-breakpoint
CREATE TABLE "sends" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"send_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"purpose" text NOT NULL,
	"source" jsonb NOT NULL,
	"parts" jsonb NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "sends_corp_id_external_user_id_send_id_pk" PRIMARY KEY("corp_id","external_user_id","send_id")
);
--> statement-breakpoint
CREATE TABLE "touches" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"touched_at" timestamp (3) with time zone NOT NULL,
	"touch_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C",
	"touchpoint" text NOT NULL,
	"purpose" text NOT NULL,
	"title" text NOT NULL,
	"script_id" text COLLATE "C",
	"version" integer,
	"send_id" uuid,
	CONSTRAINT "touches_corp_id_external_user_id_touched_at_touch_id_pk" PRIMARY KEY("corp_id","external_user_id","touched_at","touch_id")
) PARTITION BY RANGE ("touched_at");
--> statement-breakpoint
CREATE TABLE "stage_moves" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"moved_at" timestamp (3) with time zone NOT NULL,
	"move_id" uuid NOT NULL,
	"from_stage_id" text COLLATE "C",
	"to_stage_id" text COLLATE "C",
	"staff_user_id" text COLLATE "C",
	"why" text NOT NULL,
	CONSTRAINT "stage_moves_corp_id_external_user_id_moved_at_move_id_pk" PRIMARY KEY("corp_id","external_user_id","moved_at","move_id")
);
--> statement-breakpoint
CREATE TABLE "stages" (
	"corp_id" text COLLATE "C" NOT NULL,
	"stage_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "stages_corp_id_stage_id_pk" PRIMARY KEY("corp_id","stage_id")
);
--> statement-breakpoint
CREATE TABLE "card_outcomes" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"list_id" uuid NOT NULL,
	"slot" integer NOT NULL,
	"outcome" text NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "card_outcomes_corp_id_external_user_id_list_id_slot_outcome_pk" PRIMARY KEY("corp_id","external_user_id","list_id","slot","outcome")
);
--> statement-breakpoint
CREATE TABLE "suggestion_lists" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"list_id" uuid NOT NULL,
	"shown_at" timestamp (3) with time zone NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"cards" jsonb NOT NULL,
	CONSTRAINT "suggestion_lists_corp_id_external_user_id_list_id_shown_at_pk" PRIMARY KEY("corp_id","external_user_id","list_id","shown_at")
) PARTITION BY RANGE ("shown_at");
--> statement-breakpoint
CREATE TABLE "recent_tags" (
	"corp_id" text COLLATE "C" NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"tag_id" text COLLATE "C" NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recent_tags_corp_id_staff_user_id_tag_id_pk" PRIMARY KEY("corp_id","staff_user_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "tag_groups" (
	"corp_id" text COLLATE "C" NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"single_choice" boolean DEFAULT false NOT NULL,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tag_groups_corp_id_group_id_pk" PRIMARY KEY("corp_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"corp_id" text COLLATE "C" NOT NULL,
	"tag_id" text COLLATE "C" NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"pinyin" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"synced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tags_corp_id_tag_id_pk" PRIMARY KEY("corp_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"task_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"script_id" text COLLATE "C",
	"due_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"send_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "tasks_corp_id_external_user_id_task_id_pk" PRIMARY KEY("corp_id","external_user_id","task_id")
);
--> statement-breakpoint
CREATE TABLE "callback_inbox" (
	"corp_id" text COLLATE "C" NOT NULL,
	"payload_hash" text COLLATE "C" NOT NULL,
	"xml" text NOT NULL,
	"event" text NOT NULL,
	"change_type" text,
	"lane" text COLLATE "C" NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"failure" text,
	CONSTRAINT "callback_inbox_corp_id_payload_hash_pk" PRIMARY KEY("corp_id","payload_hash")
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"corp_id" text COLLATE "C" NOT NULL,
	"run_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"phase" text NOT NULL,
	"staff_total" integer DEFAULT 0 NOT NULL,
	"staff_done" integer DEFAULT 0 NOT NULL,
	"customers_stored" integer DEFAULT 0 NOT NULL,
	"position" jsonb NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"failure" text,
	CONSTRAINT "sync_runs_corp_id_run_id_pk" PRIMARY KEY("corp_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "wecom_outbox" (
	"corp_id" text COLLATE "C" NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"write_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"failure" text,
	CONSTRAINT "wecom_outbox_corp_id_external_user_id_write_id_pk" PRIMARY KEY("corp_id","external_user_id","write_id")
);
--> statement-breakpoint
CREATE TABLE "wecom_secrets" (
	"corp_id" text COLLATE "C" NOT NULL,
	"agent_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"fetched_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wecom_secrets_corp_id_agent_id_kind_pk" PRIMARY KEY("corp_id","agent_id","kind")
);
--> statement-breakpoint
CREATE INDEX "follows_by_staff" ON "follows" USING btree ("corp_id","staff_user_id","external_user_id");--> statement-breakpoint
CREATE INDEX "outcomes_by_time" ON "outcomes" USING btree ("corp_id","external_user_id","occurred_at");--> statement-breakpoint
CREATE INDEX "tasks_by_staff" ON "tasks" USING btree ("corp_id","staff_user_id","status","due_at");--> statement-breakpoint
CREATE INDEX "callback_inbox_waiting" ON "callback_inbox" USING btree ("corp_id","status","next_attempt_at");--> statement-breakpoint
CREATE INDEX "wecom_outbox_waiting" ON "wecom_outbox" USING btree ("corp_id","status","next_attempt_at");
--> statement-breakpoint
-- Written by hand, here and in the two PARTITION BY clauses above: drizzle-kit knows neither partitions nor roles.
-- A row that no month takes lands here, so that a clock far off loses nothing.
CREATE TABLE "touches_other" PARTITION OF "touches" DEFAULT;--> statement-breakpoint
CREATE TABLE "suggestion_lists_other" PARTITION OF "suggestion_lists" DEFAULT;--> statement-breakpoint
CREATE FUNCTION "nextline_ensure_month"("ledger" text, "month" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	first_day date := date_trunc('month', month)::date;
	partition_name text := ledger || '_' || to_char(first_day, 'YYYY_MM');
BEGIN
	IF to_regclass(partition_name) IS NOT NULL THEN RETURN; END IF;
	EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition_name, ledger,
		first_day::text || ' 00:00+00', (first_day + interval '1 month')::date::text || ' 00:00+00');
END $$;
