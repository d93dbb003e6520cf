-- Written by hand. The list is derived: it is thrown away and filled anew by the workers (fill-list.ts), so this takes no time on a full table and locks nothing that
-- callbacks, sends or panels write. The columns of fixed length come first: whoever looks at many rows reads no further than it must.
DROP VIEW "searchable_customers";--> statement-breakpoint
DROP TABLE "customer_list";--> statement-breakpoint
CREATE TABLE "customer_list" (
	"engaged_at" timestamp (3) with time zone NOT NULL,
	"followed_at" timestamp (3) with time zone NOT NULL,
	"stage" bigint NOT NULL,
	"guide" bigint NOT NULL,
	"bits" bigint NOT NULL,
	"letters" bigint NOT NULL,
	"corp_id" text COLLATE "C" NOT NULL,
	"facets" bigint[] DEFAULT '{}' NOT NULL,
	"others" bigint[] DEFAULT '{}' NOT NULL,
	"external_user_id" text COLLATE "C" NOT NULL,
	"search" text NOT NULL,
	CONSTRAINT "customer_list_corp_id_external_user_id_pk" PRIMARY KEY("corp_id","external_user_id")
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
CREATE INDEX "customer_list_by_engaged" ON "customer_list" USING btree ("corp_id","engaged_at","external_user_id");--> statement-breakpoint
CREATE INDEX "customer_list_by_followed" ON "customer_list" USING btree ("corp_id","followed_at","external_user_id");--> statement-breakpoint
CREATE INDEX "customer_list_facets" ON "customer_list" USING gin ("facets") WITH (fastupdate=false);--> statement-breakpoint
ALTER TABLE "customer_list" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "customer_list" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own_corp" ON "customer_list" USING (corp_id = current_setting('app.corp_id')) WITH CHECK (corp_id = current_setting('app.corp_id'));--> statement-breakpoint
-- As before: array operators are not leakproof, so the index over facets is used only behind a view of the owner that holds the condition on the corp itself. It is asked for
-- the corp once a statement, not once a row.
CREATE POLICY "owner_reads_for_the_view" ON "customer_list" TO CURRENT_USER USING (true);--> statement-breakpoint
CREATE VIEW "searchable_customers" AS SELECT "corp_id", "external_user_id", "engaged_at", "followed_at", "stage", "guide", "bits", "letters", "facets", "others", "search"
	FROM "customer_list" WHERE "corp_id" = (SELECT current_setting('app.corp_id')) WITH CASCADED CHECK OPTION;--> statement-breakpoint
-- By md5, which is the same on every machine and in every release of Postgres: a dump may be restored anywhere.
CREATE FUNCTION "nextline_facet"("name" text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ('x' || left(md5(name), 16))::bit(64)::bigint;--> statement-breakpoint
-- One of 59 bits; the four lowest are left for facts.
CREATE FUNCTION "nextline_facet_bit"("facet" bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 1::bigint << (4 + abs(facet % 59))::int;--> statement-breakpoint
-- Of what a filter names: evaluated once, when the statement is planned.
CREATE FUNCTION "nextline_facets"("names" text[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
	(SELECT coalesce(array_agg(nextline_facet(name)), '{}') FROM unnest(names) AS name);--> statement-breakpoint
CREATE FUNCTION "nextline_signature"("facets" bigint[]) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
	(SELECT coalesce(bit_or(nextline_facet_bit(facet)), 0) FROM unnest(facets) AS facet);
