CREATE TABLE "wecom_answers" (
	"corp_id" text COLLATE "C" NOT NULL,
	"agent_id" text COLLATE "C" NOT NULL,
	"question" text NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"errcode" integer NOT NULL,
	"said" text NOT NULL,
	"heard_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wecom_answers_corp_id_agent_id_question_about_pk" PRIMARY KEY("corp_id","agent_id","question","about")
);
