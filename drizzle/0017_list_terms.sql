-- Written by hand. The rows stay, so nobody waits for the list: only its index is built anew (14 to 67 seconds for a million customers, in which nobody's row is written). Who
-- has several contacts gets `given` from the workers afterwards.
CREATE TABLE "customer_list_fills" (
	"corp_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"form" integer NOT NULL,
	"filled_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "customer_list_facets";--> statement-breakpoint
ALTER TABLE "customer_list" ADD COLUMN "given" bigint[];--> statement-breakpoint
CREATE OR REPLACE VIEW "searchable_customers" AS SELECT "corp_id", "external_user_id", "engaged_at", "followed_at", "stage", "guide", "bits", "letters", "facets", "others", "search", "given"
	FROM "customer_list" WHERE "corp_id" = (SELECT current_setting('app.corp_id')) WITH CASCADED CHECK OPTION;--> statement-breakpoint
-- A row as words of a text, and a name as the question for one of them: the index over an array can tell who has something, the one over texts also who lacks it.
CREATE FUNCTION "nextline_terms"("facets" bigint[], "bits" bigint) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
	array_to_tsvector((facets || nextline_facet('everybody') || CASE WHEN bits & 8 = 8 THEN nextline_facet('one-contact') ELSE nextline_facet('everybody') END)::text[]);--> statement-breakpoint
CREATE FUNCTION "nextline_term"("name" text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN quote_literal(nextline_facet(name)::text)::tsquery;--> statement-breakpoint
SET LOCAL maintenance_work_mem = '512MB';--> statement-breakpoint
CREATE INDEX "customer_list_terms" ON "customer_list" USING gin (nextline_terms("facets", "bits")) WITH (fastupdate=false);--> statement-breakpoint
RESET maintenance_work_mem;--> statement-breakpoint
ANALYZE "customer_list";
