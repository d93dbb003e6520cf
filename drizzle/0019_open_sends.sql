-- The index first: whoever asks for a panel reads `staff`, and would wait for all of this behind a column that is added before it.
CREATE INDEX "sends_open" ON "sends" USING btree ("corp_id","external_user_id","staff_user_id") WHERE state = 'open';--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "console_ended_at" timestamp (3) with time zone;--> statement-breakpoint
-- Read in pieces: of what is compressed, each piece would cost the whole before it. For files that come from now on.
ALTER TABLE "media" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
