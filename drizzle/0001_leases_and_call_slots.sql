CREATE TABLE "leases" (
	"corp_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"fence" bigint NOT NULL,
	"holder" text NOT NULL,
	"held_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leases_corp_id_name_pk" PRIMARY KEY("corp_id","name")
);
--> statement-breakpoint
CREATE TABLE "media_troubles" (
	"corp_id" text COLLATE "C" NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"agent_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"ask_again_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "media_troubles_corp_id_sha256_agent_id_kind_pk" PRIMARY KEY("corp_id","sha256","agent_id","kind")
);
--> statement-breakpoint
CREATE TABLE "call_slots" (
	"corp_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"seen_at" double precision NOT NULL,
	"offered_at" double precision NOT NULL,
	"minute_free_at" double precision NOT NULL,
	"hour_free_at" double precision NOT NULL,
	"blocked_until" double precision NOT NULL,
	"strikes" integer NOT NULL,
	CONSTRAINT "call_slots_corp_id_key_pk" PRIMARY KEY("corp_id","key")
);
--> statement-breakpoint
CREATE TABLE "wecom_secret_refusals" (
	"corp_id" text COLLATE "C" NOT NULL,
	"agent_id" text COLLATE "C" NOT NULL,
	"secret_mark" text NOT NULL,
	"errcode" integer NOT NULL,
	"errmsg" text NOT NULL,
	"refused_at" timestamp (3) with time zone NOT NULL,
	"ask_again_at" timestamp (3) with time zone NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "wecom_secret_refusals_corp_id_agent_id_pk" PRIMARY KEY("corp_id","agent_id")
);
--> statement-breakpoint
ALTER TABLE "callback_inbox" ADD COLUMN "fence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wecom_outbox" ADD COLUMN "fence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wecom_outbox" ADD COLUMN "maybe_done" boolean DEFAULT false NOT NULL;