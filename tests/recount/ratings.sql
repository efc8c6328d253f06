-- Counted ratings, prompts and transactions. In: ev, branch_rule, span (the period), all times in milliseconds.

CREATE TABLE rating AS
SELECT ev.branch, id, at_ms, data->>'$.counter' AS counter, data->>'$.teller' AS teller,
       (data->>'$.stars')::INTEGER AS stars, (data->'$.flags')::VARCHAR[] AS flags,
       (data->'$.reasons')::VARCHAR[] AS reasons, require_prompt, min_gap_ms
FROM ev JOIN branch_rule USING (branch)
WHERE kind = 'rating' AND at_ms < (SELECT ends FROM span);

-- Without the flags that never count; without unprompted ones where the branch says so.
CREATE TABLE eligible AS
SELECT * FROM rating
WHERE NOT list_has_any(flags, ['repeat', 'suspended', 'test'])
  AND NOT (require_prompt AND list_contains(flags, 'unprompted'));

-- Elsewhere a press within the least gap of the last counted one at that counter is a repeat: each counter's presses are
-- folded into the list of those that count.
CREATE TABLE counted AS
WITH folded AS (
    SELECT branch, counter, any_value(min_gap_ms) AS gap,
           list([{'t': at_ms, 'id': id}] ORDER BY at_ms, id) AS presses
    FROM eligible WHERE NOT require_prompt AND counter IS NOT NULL GROUP BY ALL
), kept AS (
    SELECT unnest(list_reduce(presses, lambda a, b: if(b[1].t - a[-1].t >= gap, list_concat(a, b), a))).id AS id
    FROM folded
)
SELECT eligible.* FROM eligible
WHERE at_ms >= (SELECT begins FROM span)
  AND (require_prompt OR counter IS NULL OR id IN (SELECT id FROM kept));

CREATE TABLE told_prompt AS
SELECT branch, data->>'$.prompt' AS prompt, min(data->>'$.counter') AS counter, min(data->>'$.teller') AS teller,
       CASE WHEN bool_or(data->>'$.outcome' = 'rated') THEN 'rated'
            WHEN bool_or(data->>'$.outcome' = 'unrated') THEN 'unrated' ELSE 'cancelled' END AS outcome
FROM ev WHERE kind = 'prompt' AND at_ms >= (SELECT begins FROM span) AND at_ms < (SELECT ends FROM span)
GROUP BY branch, prompt;

CREATE TABLE served AS
SELECT branch, data->>'$.counter' AS counter, data->>'$.teller' AS teller FROM ev
WHERE kind = 'transaction' AND data->>'$.phase' = 'end'
  AND at_ms >= (SELECT begins FROM span) AND at_ms < (SELECT ends FROM span);

CREATE MACRO wilson(good, n) AS
    (good / n + 1.9207294103470494 / n
     - 1.959963984540054 * sqrt((good / n * (1 - good / n) + 0.9603647051735247 / n) / n)) / (1 + 3.841458820694099 / n);

CREATE TABLE rated_branch AS
SELECT branch, count(*) AS n, count(*) FILTER (stars >= 4) AS satisfied, count(*) FILTER (stars <= 2) AS low,
       avg((stars - 1) * 25.0) AS happy, wilson(count(*) FILTER (stars >= 4)::DOUBLE, count(*)) AS bound
FROM counted GROUP BY branch;

CREATE TABLE asked_branch AS
SELECT branch, count(*) AS asked, count(*) FILTER (outcome = 'rated') AS rated,
       count(*) FILTER (outcome = 'unrated') AS unrated,
       count(*) FILTER ((branch, counter) IN (SELECT (branch, counter) FROM served)) AS asked_there
FROM told_prompt GROUP BY branch;

CREATE TABLE served_branch AS SELECT branch, count(*) AS transactions FROM served GROUP BY branch;

CREATE TABLE rated_teller AS
SELECT branch, teller, count(*) AS n, count(*) FILTER (stars >= 4) AS satisfied, avg((stars - 1) * 25.0) AS happy
FROM counted WHERE teller IS NOT NULL GROUP BY branch, teller;

CREATE TABLE rated_day AS
SELECT branch, (make_timestamp(at_ms * 1000) + INTERVAL 8 HOURS)::DATE AS day, count(*) AS n, sum(stars) AS stars
FROM counted GROUP BY ALL;

CREATE TABLE given_reason AS
SELECT branch, reason, count(*) AS times
FROM (SELECT branch, id, unnest(list_distinct(reasons)) AS reason FROM counted) GROUP BY ALL;

-- Where the order of arrival may matter to an alert: presses with another eligible one near them at their counter.
CREATE TABLE near_another AS
SELECT DISTINCT a.id FROM eligible a JOIN eligible b
  ON a.branch = b.branch AND a.counter = b.counter AND a.id <> b.id AND abs(a.at_ms - b.at_ms) < a.min_gap_ms;
