DROP INDEX "callback_inbox_waiting";--> statement-breakpoint
ALTER TABLE "callback_inbox" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "kind" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "requested_by" text;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "relations_found" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "relations_asked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "relations_ended" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "callback_inbox_in_line" ON "callback_inbox" USING btree ("corp_id","urgent" DESC NULLS LAST,"received_at","payload_hash") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "callback_inbox_lanes" ON "callback_inbox" USING btree ("corp_id","lane","received_at","payload_hash") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "callback_inbox_dead" ON "callback_inbox" USING btree ("corp_id","received_at","payload_hash") WHERE status = 'dead';--> statement-breakpoint
CREATE INDEX "callback_inbox_settled" ON "callback_inbox" USING btree ("corp_id","settled_at") WHERE status IN ('applied', 'kept');--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_at_a_time" ON "sync_runs" USING btree ("corp_id") WHERE finished_at IS NULL;