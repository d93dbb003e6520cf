CREATE TABLE "audit_heads" (
	"corp_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL,
	"key_mark" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_heads_corp_id_pk" PRIMARY KEY("corp_id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"corp_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entry_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C",
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"seq" bigint,
	"previous_hash" text,
	"hash" text,
	CONSTRAINT "audit_log_corp_id_at_entry_id_pk" PRIMARY KEY("corp_id","at","entry_id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "role_rules" (
	"corp_id" text COLLATE "C" NOT NULL,
	"role" text NOT NULL,
	"sees_mobiles" boolean NOT NULL,
	CONSTRAINT "role_rules_corp_id_role_pk" PRIMARY KEY("corp_id","role")
);
--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "store_by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "role_by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_log_by_seq" ON "audit_log" USING btree ("corp_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_unsealed" ON "audit_log" USING btree ("corp_id","at","entry_id") WHERE seq IS NULL;--> statement-breakpoint
CREATE INDEX "audit_log_by_staff" ON "audit_log" USING btree ("corp_id","staff_user_id","at","entry_id");--> statement-breakpoint
CREATE INDEX "audit_log_by_subject" ON "audit_log" USING btree ("corp_id","subject_id","at","entry_id");
--> statement-breakpoint
-- Written by hand from here on, and the PARTITION BY above.
CREATE TABLE "audit_log_other" PARTITION OF "audit_log" DEFAULT;--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_log" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Instead of the one policy of other tables: an entry comes unsealed, is sealed once, and nobody deletes it.
CREATE POLICY "read_own_corp" ON "audit_log" FOR SELECT USING (corp_id = current_setting('app.corp_id'));--> statement-breakpoint
CREATE POLICY "add_unsealed" ON "audit_log" FOR INSERT WITH CHECK (corp_id = current_setting('app.corp_id') AND seq IS NULL AND previous_hash IS NULL AND hash IS NULL);--> statement-breakpoint
CREATE POLICY "seal_once" ON "audit_log" FOR UPDATE USING (corp_id = current_setting('app.corp_id') AND seq IS NULL) WITH CHECK (corp_id = current_setting('app.corp_id') AND seq IS NOT NULL AND previous_hash IS NOT NULL AND hash IS NOT NULL);--> statement-breakpoint
-- A month is reached through its ledger only: named itself, neither the ledger's policies nor its grants would hold.
CREATE OR REPLACE FUNCTION "nextline_ensure_month"("ledger" text, "month" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	first_day date := date_trunc('month', month)::date;
	partition_name text := ledger || '_' || to_char(first_day, 'YYYY_MM');
BEGIN
	IF to_regclass(partition_name) IS NOT NULL THEN RETURN; END IF;
	EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition_name, ledger,
		first_day::text || ' 00:00+00', (first_day + interval '1 month')::date::text || ' 00:00+00');
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nextline_app') THEN
		EXECUTE format('REVOKE ALL ON %I FROM nextline_app', partition_name);
	END IF;
END $$;
