ALTER TABLE "sends" ADD COLUMN "holder_id" uuid;--> statement-breakpoint
ALTER TABLE "sends" ADD COLUMN "held_until" timestamp (3) with time zone;