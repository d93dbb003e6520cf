CREATE TABLE "missing_script_settlements" (
	"corp_id" text COLLATE "C" NOT NULL,
	"query" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C",
	"settled_at" timestamp (3) with time zone NOT NULL,
	"settled_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "missing_script_settlements_corp_id_query_pk" PRIMARY KEY("corp_id","query")
);
--> statement-breakpoint
CREATE TABLE "script_bulk_changes" (
	"corp_id" text COLLATE "C" NOT NULL,
	"bulk_id" uuid NOT NULL,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"change" jsonb NOT NULL,
	"selected" integer NOT NULL,
	"before" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"undo_until" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"undone" integer,
	CONSTRAINT "script_bulk_changes_corp_id_bulk_id_pk" PRIMARY KEY("corp_id","bulk_id")
);
--> statement-breakpoint
CREATE TABLE "script_drafts" (
	"corp_id" text COLLATE "C" NOT NULL,
	"script_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"title_pinyin" text NOT NULL,
	"in_review" boolean DEFAULT false NOT NULL,
	"writers" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	"rejection" jsonb,
	CONSTRAINT "script_drafts_corp_id_script_id_pk" PRIMARY KEY("corp_id","script_id")
);
--> statement-breakpoint
CREATE TABLE "script_rule_sets" (
	"corp_id" text COLLATE "C" NOT NULL,
	"four_eyes" boolean NOT NULL,
	"forbidden_words" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "script_rule_sets_corp_id_pk" PRIMARY KEY("corp_id")
);
--> statement-breakpoint
CREATE TABLE "script_import_rows" (
	"corp_id" text COLLATE "C" NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"outcome" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"problems" jsonb NOT NULL,
	"cells" jsonb NOT NULL,
	"content" jsonb,
	"script_id" text COLLATE "C",
	"publish" boolean DEFAULT false NOT NULL,
	"applied" boolean DEFAULT false NOT NULL,
	CONSTRAINT "script_import_rows_corp_id_import_id_row_pk" PRIMARY KEY("corp_id","import_id","row")
);
--> statement-breakpoint
CREATE TABLE "script_imports" (
	"corp_id" text COLLATE "C" NOT NULL,
	"import_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file" "bytea",
	"mode" text NOT NULL,
	"state" text NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"handled" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"staff_user_id" text COLLATE "C" NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "script_imports_corp_id_import_id_pk" PRIMARY KEY("corp_id","import_id")
);
--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "width" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "height" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "thumbnail" "bytea";--> statement-breakpoint
ALTER TABLE "script_versions" ADD COLUMN "defaults" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "script_versions" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "script_versions" ADD COLUMN "reviewer_user_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "scripts" ADD COLUMN "store_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "scripts" ADD COLUMN "retired_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "scripts" ADD COLUMN "shared_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "scripts" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "scripts" ADD COLUMN "updated_by" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "script_imports_by_time" ON "script_imports" USING btree ("corp_id","started_at");--> statement-breakpoint
CREATE INDEX "scripts_by_change" ON "scripts" USING btree ("corp_id","updated_at","script_id");--> statement-breakpoint
-- Written by hand: what was there before. Forced row level security holds for the owner too, who belongs to no corp.
ALTER TABLE "scripts" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "scripts" SET "store_ids" = ARRAY["store_id"]::text[] WHERE "store_id" IS NOT NULL;--> statement-breakpoint
UPDATE "scripts" SET "retired_at" = "updated_at" WHERE "status" = 'retired';--> statement-breakpoint
ALTER TABLE "scripts" FORCE ROW LEVEL SECURITY;
