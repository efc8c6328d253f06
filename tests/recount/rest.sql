-- Cases and their clocks, faults and their support, what stood on the walls.

CREATE TABLE step AS
SELECT branch, data->>'$.case' AS "case", at_ms, data->>'$.action' AS action, data->>'$.source' AS source,
       coalesce((data->'$.complex')::BOOLEAN, false) AND data->>'$.note' IS NOT NULL AS hard,
       list_position(['opened', 'assigned', 'investigated', 'handled', 'fed-back', 'closed'], data->>'$.action') AS far
FROM ev WHERE kind = 'case' AND at_ms < (SELECT ends FROM span);

CREATE TABLE one_case AS
SELECT branch, "case", coalesce(min(at_ms) FILTER (far = 1), min(at_ms)) AS opened,
       min(at_ms) FILTER (far >= 3) AS investigated, min(at_ms) FILTER (far >= 4) AS handled,
       min(at_ms) FILTER (far >= 5) AS fed_back, bool_or(hard) AS hard,
       coalesce(any_value(source) FILTER (action = 'opened'), '') AS source -- where the opening is lost, nothing is known
FROM step GROUP BY ALL;

-- The n-th working day after each date, of a calendar that has no holidays: Monday to Friday.
CREATE TABLE calendar AS
SELECT d::DATE AS day, isodow(d) <= 5 AS works FROM generate_series(DATE '2026-09-01', DATE '2027-02-28', INTERVAL 1 DAY) t(d);
CREATE TABLE ahead AS
SELECT a.day, b.day AS later, row_number() OVER (PARTITION BY a.day ORDER BY b.day) AS n
FROM calendar a JOIN calendar b ON b.works AND b.day > a.day AND b.day <= a.day + 20;
CREATE MACRO local_day(ms) AS (make_timestamp(ms * 1000) + INTERVAL 8 HOURS)::DATE;
CREATE MACRO end_of(d) AS epoch_ms((d + 1)::TIMESTAMP - INTERVAL 8 HOURS);

CREATE TABLE clock AS
SELECT branch, what, due, coalesce(done < due, false) AS in_time FROM (
    SELECT branch, 'investigated' AS what, end_of(later) AS due, investigated AS done
    FROM one_case JOIN ahead ON day = local_day(opened) AND n = 1
    UNION ALL
    SELECT branch, 'handled', end_of(later), handled FROM one_case JOIN ahead ON day = local_day(opened) AND n = 5
    UNION ALL
    SELECT branch, 'fed-back', end_of(later), fed_back FROM one_case JOIN ahead ON day = local_day(handled) AND n = 1
    UNION ALL
    SELECT branch, 'whole', end_of(local_day(opened) + (CASE WHEN hard THEN 30 ELSE 15 END)::INTEGER), fed_back FROM one_case
) WHERE due >= (SELECT begins FROM span) AND due < (SELECT ends FROM span);

CREATE TABLE timely AS
SELECT branch, what, count(*) AS due, count(*) FILTER (in_time) AS in_time FROM clock GROUP BY ALL;

CREATE TABLE opened_case AS
SELECT branch, source, count(*) AS n, count(*) FILTER (fed_back IS NOT NULL) AS answered FROM one_case
WHERE opened >= (SELECT begins FROM span) GROUP BY ALL;

-- A fault lasts from the first word that it is there to the first that it is gone; so islands of `on` between two `off`.
CREATE TABLE fault_word AS
SELECT branch, data->>'$.device' AS device, data->>'$.code' AS code, at_ms, (data->'$.on')::BOOLEAN AS is_on
FROM ev WHERE kind = 'fault' AND at_ms < (SELECT ends FROM span);

CREATE TABLE fault AS
WITH island AS (
    SELECT *, count(*) FILTER (NOT is_on) OVER (
        PARTITION BY branch, device, code ORDER BY at_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS number
    FROM fault_word
), lasting AS (
    SELECT branch, device, code, number, min(at_ms) FILTER (is_on) AS raised, min(at_ms) FILTER (NOT is_on) AS cleared
    FROM island GROUP BY ALL
)
SELECT f.branch, f.device, f.code, f.raised, any_value(f.cleared) AS cleared, min(c.at_ms) AS acknowledged
FROM lasting f LEFT JOIN (
    SELECT branch, data->>'$.device' AS device, at_ms FROM ev
    WHERE kind = 'call' AND NOT (data->'$.on')::BOOLEAN AND data->>'$.actor' IS NOT NULL
      AND at_ms < (SELECT ends FROM span)
) c ON c.branch = f.branch AND c.device = f.device AND c.at_ms >= f.raised AND (f.cleared IS NULL OR c.at_ms <= f.cleared)
WHERE f.raised >= (SELECT begins FROM span) GROUP BY f.branch, f.device, f.code, f.raised;

-- Compliance of display: in each hour never more than is owed for the part of it in which the branch is open.
CREATE TABLE owed AS
SELECT (hour_begins // 3600000)::BIGINT AS hour,
       sum(least(ends, hour_begins + 3600000) - greatest(begins, hour_begins)) AS open_ms
FROM (SELECT DISTINCT begins, ends FROM open_time WHERE service = 'personal') CROSS JOIN
     (SELECT unnest(generate_series((SELECT begins FROM span), (SELECT ends FROM span) - 1, 3600000)) AS hour_begins)
WHERE begins < hour_begins + 3600000 AND ends > hour_begins GROUP BY ALL;

CREATE TABLE stood AS
SELECT branch, screen, item.ref AS ref, (epoch_ms(begun) // 3600000)::BIGINT AS hour, sum(item.seconds) * 1000 AS ms
FROM (
    SELECT branch, data->>'$.screen' AS screen, (data->>'$.from')::TIMESTAMP AS begun,
           unnest((data->'$.items')::STRUCT(ref VARCHAR, count BIGINT, seconds BIGINT)[]) AS item
    FROM ev WHERE kind = 'play' AND at_ms >= (SELECT begins FROM span) AND at_ms < (SELECT ends FROM span)
) GROUP BY ALL;

CREATE TABLE displayed AS
SELECT b.branch, r.item, sum(open_ms * r.seconds // r.every_s) AS owed,
       sum(least(open_ms * r.seconds // r.every_s, coalesce(s.ms, 0))) AS shown
FROM branch_rule b CROSS JOIN required r CROSS JOIN wall w CROSS JOIN owed o
LEFT JOIN stood s ON s.branch = b.branch AND s.screen = w.screen AND s.ref = r.item AND s.hour = o.hour
GROUP BY ALL;
