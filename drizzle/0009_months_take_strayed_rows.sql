-- A month whose table nobody made in time (no worker ran, or a clock was far ahead) has rows in the table of the rest. Postgres then refuses to make it,
-- and with it the server to start: so they move over first. What owns the tables sees past its own policies for that moment, inside this transaction.
CREATE OR REPLACE FUNCTION "nextline_ensure_month"("ledger" text, "month" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	first_day date := date_trunc('month', month)::date;
	month_from timestamptz := first_day::text || ' 00:00+00';
	month_to timestamptz := (first_day + interval '1 month')::date::text || ' 00:00+00';
	partition_name text := ledger || '_' || to_char(first_day, 'YYYY_MM');
	rest_name text := ledger || '_other';
	instant name := (SELECT a.attname FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
		WHERE p.partrelid = ledger::regclass);
BEGIN
	IF to_regclass(partition_name) IS NOT NULL THEN RETURN; END IF;
	EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name, ledger);
	EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', rest_name);
	EXECUTE format('WITH strayed AS (DELETE FROM %1$I WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING *) INSERT INTO %5$I SELECT * FROM strayed',
		rest_name, instant, month_from, month_to, partition_name);
	EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', rest_name);
	EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', ledger, partition_name, month_from, month_to);
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nextline_app') THEN
		EXECUTE format('REVOKE ALL ON %I FROM nextline_app', partition_name);
	END IF;
END $$;
