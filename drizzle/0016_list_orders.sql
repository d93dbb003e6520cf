DROP INDEX "customer_list_by_engaged";--> statement-breakpoint
DROP INDEX "customer_list_by_followed";--> statement-breakpoint
CREATE INDEX "customer_list_by_stage" ON "customer_list" USING btree ("corp_id","stage","engaged_at");--> statement-breakpoint
CREATE INDEX "customer_list_by_engaged" ON "customer_list" USING btree ("corp_id","engaged_at");--> statement-breakpoint
CREATE INDEX "customer_list_by_followed" ON "customer_list" USING btree ("corp_id","followed_at");