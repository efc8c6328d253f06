-- Announced hours as intervals, and minutes of suspension inside them by reason. Hours stand in `announced`: for each
-- service and kind of weekday when it opens and closes, in minutes of the local day (+08:00).

CREATE TABLE day AS
SELECT unnest(generate_series((SELECT begins FROM span), (SELECT ends FROM span) - 1, 86400000)) AS midnight;

CREATE TABLE open_time AS
SELECT service, midnight + opens * 60000 AS begins, midnight + closes * 60000 AS ends
FROM day JOIN announced ON weekend = (isodow(make_timestamp(midnight * 1000) + INTERVAL 8 HOURS) > 5);

CREATE TABLE word AS
SELECT branch, at_ms, data->>'$.scope' AS scope, (data->'$.on')::BOOLEAN AS is_on, data->>'$.reason' AS reason,
       data->>'$.source' AS source, data->>'$.rule' AS rule, data->>'$.suspension' AS suspension,
       epoch_ms((data->>'$.until')::TIMESTAMP) AS until
FROM ev WHERE kind = 'suspension' AND at_ms < (SELECT ends FROM span);

-- One lasts until its time is over, until it is lifted, or until the same source (and rule) says another word there.
CREATE TABLE stop AS
WITH begun AS (SELECT * FROM word WHERE is_on), lifted AS (
    SELECT branch, suspension, min(at_ms) AS at_ms FROM word WHERE NOT is_on GROUP BY ALL
)
SELECT begun.branch, begun.scope, begun.reason, begun.source, begun.at_ms AS begins,
       least(begun.until, lifted.at_ms, lead(begun.at_ms) OVER (
           PARTITION BY begun.branch, begun.scope, begun.source, begun.rule ORDER BY begun.at_ms)) AS ends,
       begun.until
FROM begun LEFT JOIN lifted USING (branch, suspension);

CREATE TABLE scheduled AS
SELECT branch, counter, sum(ends - begins) AS ms FROM counter_hours JOIN open_time USING (service) GROUP BY ALL;

-- Every edge cuts; of what holds in a piece the widest scope tells, then the highest source, the longest, the earliest.
CREATE TABLE suspended AS
WITH here AS (
    SELECT c.branch, c.counter, o.begins AS opens, o.ends AS closes, s.reason,
           greatest(s.begins, o.begins) AS begins, least(coalesce(s.ends, o.ends), o.ends) AS ends,
           row_number() OVER (PARTITION BY c.branch, c.counter, o.begins ORDER BY
               s.scope <> 'branch', list_position(['head-office', 'manager', 'rule', 'teller'], s.source),
               -coalesce(s.until, 4000000000000000), s.begins) AS rank
    FROM counter_hours c JOIN open_time o USING (service)
    JOIN stop s ON s.branch = c.branch AND s.scope IN ('branch', 'counter:' || c.counter)
               AND s.begins < o.ends AND coalesce(s.ends, o.ends) > o.begins
), edge AS (
    SELECT DISTINCT branch, counter, opens, unnest([begins, ends]) AS at_ms FROM here
), piece AS (
    SELECT branch, counter, opens, at_ms AS begins,
           lead(at_ms) OVER (PARTITION BY branch, counter, opens ORDER BY at_ms) AS ends
    FROM edge
)
SELECT branch, counter, reason, sum(ends - begins) AS ms FROM (
    SELECT p.branch, p.counter, p.begins, p.ends, arg_min(h.reason, h.rank) AS reason
    FROM piece p JOIN here h
      ON h.branch = p.branch AND h.counter = p.counter AND h.opens = p.opens
     AND h.begins <= p.begins AND h.ends >= p.ends
    WHERE p.ends IS NOT NULL GROUP BY ALL
) GROUP BY ALL;
