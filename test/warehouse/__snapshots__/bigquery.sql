WITH
`ml_exposures` AS (
  SELECT r.`unit` AS `unit`, r.`arm` AS `arm`, r.`moment` AS `moment`,
    CASE WHEN r.`unit` IS NULL OR TRIM(CAST(r.`unit` AS STRING)) = '' THEN 1 WHEN r.`arm` IS NULL THEN 2 WHEN r.`moment` IS NULL THEN 4 ELSE 0 END AS `flaw`
  FROM (
  SELECT r.`user_id` AS `unit`,
    NULLIF(TRIM(CAST(r.`variant` AS STRING)), '') AS `arm`,
    UNIX_MICROS(TIMESTAMP(r.`at`)) AS `moment`
  FROM `exposures` AS r
  ) AS r
),
`ml_assigned` AS (
  SELECT CASE WHEN r.`flaw` = 0 THEN r.`unit` END AS `unit`, r.`flaw` AS `flaw`,
    CASE WHEN r.`flaw` = 0 AND MIN(r.`arm`) = MAX(r.`arm`) THEN MIN(r.`arm`) END AS `arm`,
    MIN(r.`moment`) AS `entered`,
    COUNT(*) AS `exposures`
  FROM `ml_exposures` AS r
  GROUP BY CASE WHEN r.`flaw` = 0 THEN r.`unit` END, r.`flaw`
),
`ml_events` AS (
  SELECT r.`unit` AS `unit`, r.`moment` AS `moment`, r.`event` AS `event`,
    CASE WHEN r.`moment` IS NOT NULL THEN r.`unit` END AS `owner`
  FROM (
  SELECT r.`user_id` AS `unit`,
    UNIX_MICROS(TIMESTAMP(r.`at`)) AS `moment`,
    0 AS `event`
  FROM `events` AS r
  WHERE CAST(r.`name` AS STRING) IN ('purchase')
  ) AS r
),
`ml_placed` AS (
  SELECT p.`unit` AS `unit`,
    CASE WHEN p.`arm` IS NOT NULL THEN p.`moment` END AS `last`,
    p.`event` * 7 + CASE WHEN p.`since` < 0 THEN 0 WHEN p.`since` < 604800000000 THEN 1 WHEN p.`since` IS NOT NULL THEN 2 WHEN p.`unit` IS NULL OR TRIM(CAST(p.`unit` AS STRING)) = '' THEN 4 WHEN p.`moment` IS NULL THEN 5 ELSE 3 END AS `event_class`
  FROM (
  SELECT e.`unit` AS `unit`,
    e.`event` AS `event`, e.`moment` AS `moment`, e.`moment` - a.`entered` AS `since`,
    a.`arm` AS `arm`
  FROM `ml_events` AS e LEFT JOIN `ml_assigned` AS a ON a.`unit` = e.`owner`
  ) AS p
),
`ml_counted` AS (
  SELECT p.`own` AS `unit`, CASE WHEN p.`own` IS NULL THEN p.`event_class` END AS `event_class`,
    COUNT(*) AS `event_rows`,
    COUNT(CASE WHEN p.`event_class` = 1 THEN 1 END) AS `k1`,
    MAX(p.`last`) AS `last`
  FROM (
  SELECT p.`event_class` AS `event_class`, p.`last` AS `last`,
    CASE WHEN p.`event_class` = 1 THEN p.`unit` END AS `own`
  FROM `ml_placed` AS p
  ) AS p
  GROUP BY p.`own`, CASE WHEN p.`own` IS NULL THEN p.`event_class` END
),
`ml_activity` AS (
  SELECT a.`arm` AS `arm`, a.`entered` AS `entered`, a.`flaw` AS `flaw`, a.`exposures` AS `exposures`,
    CASE WHEN e.`k1` > 0 THEN 1 ELSE 0 END AS `x0`,
    e.`event_class` AS `event_class`, e.`event_rows` AS `event_rows`, e.`last` AS `last`, e.`k1` AS `k1`
  FROM `ml_assigned` AS a FULL JOIN `ml_counted` AS e
    ON a.`unit` = e.`unit`
),
`ml_frame` AS (
  SELECT MIN(CASE WHEN u.`arm` IS NOT NULL THEN u.`entered` END) AS `first_entered`,
    CASE WHEN MAX(u.`last`) > MAX(CASE WHEN u.`arm` IS NOT NULL THEN u.`entered` END) THEN MAX(u.`last`) ELSE MAX(CASE WHEN u.`arm` IS NOT NULL THEN u.`entered` END) END AS `read_at`
  FROM `ml_activity` AS u
),
`ml_cells` AS (
  SELECT u.`arm` AS `arm`, u.`mature0` AS `mature0`, u.`flaw` AS `flaw`, u.`event_class` AS `event_class`,
    COUNT(*) AS `units`,
    SUM(u.`exposures`) AS `exposures`,
    SUM(u.`event_rows`) AS `event_rows`,
    SUM(u.`k1`) AS `k1`,
    SUM(u.`x0`) AS `t0`
  FROM (
    SELECT u.*,
      CASE WHEN u.`entered` <= f.`read_at` - 604800000000 THEN 1 ELSE 0 END AS `mature0`
    FROM `ml_activity` AS u
    CROSS JOIN `ml_frame` AS f
  ) AS u
  GROUP BY u.`arm`, u.`mature0`, u.`flaw`, u.`event_class`
),
`ml_groups` AS (
  SELECT c.`experiment` AS `experiment`, c.`arm` AS `arm`,
    GROUPING(c.`arm`) AS `any_arm`,
    MAX(f.`first_entered`) AS `s0`,
    MAX(f.`read_at`) AS `s1`,
    CAST(COALESCE(SUM(c.`exposures`), 0) AS INT64) AS `s2`,
    CAST(COALESCE(SUM(CASE WHEN c.`arm` IS NOT NULL THEN c.`exposures` END), 0) - COALESCE(SUM(CASE WHEN c.`arm` IS NOT NULL THEN c.`units` END), 0) AS INT64) AS `s3`,
    CAST(COALESCE(SUM(CASE WHEN c.`flaw` = 0 AND c.`arm` IS NULL THEN c.`units` END), 0) AS INT64) AS `s4`,
    CAST(COALESCE(SUM(CASE WHEN c.`flaw` = 1 THEN c.`exposures` END), 0) AS INT64) AS `s5`,
    CAST(COALESCE(SUM(CASE WHEN c.`flaw` = 2 THEN c.`exposures` END), 0) AS INT64) AS `s6`,
    CAST(COALESCE(SUM(CASE WHEN c.`flaw` = 3 THEN c.`exposures` END), 0) AS INT64) AS `s7`,
    CAST(COALESCE(SUM(CASE WHEN c.`flaw` = 4 THEN c.`exposures` END), 0) AS INT64) AS `s8`,
    CAST(COALESCE(SUM(CASE WHEN c.`flaw` = 5 THEN c.`exposures` END), 0) AS INT64) AS `s9`,
    CAST(COALESCE(SUM(CASE WHEN (c.`event_class` = 0 OR c.`event_class` BETWEEN 2 AND 6) THEN c.`event_rows` END), 0) + COALESCE(SUM(c.`k1`), 0) AS INT64) AS `s10`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 4 THEN c.`event_rows` END), 0) AS INT64) AS `s11`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 5 THEN c.`event_rows` END), 0) AS INT64) AS `s12`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 6 THEN c.`event_rows` END), 0) AS INT64) AS `s13`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 3 THEN c.`event_rows` END), 0) AS INT64) AS `s14`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 0 THEN c.`event_rows` END), 0) AS INT64) AS `s15`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 2 THEN c.`event_rows` END), 0) AS INT64) AS `s16`,
    CAST(COALESCE(SUM(c.`units`), 0) AS INT64) AS `s17`,
    CAST(COALESCE(SUM(CASE WHEN c.`mature0` = 1 THEN c.`units` END), 0) AS INT64) AS `s18`,
    CAST(COALESCE(SUM(CASE WHEN c.`mature0` = 1 THEN c.`t0` END), 0) AS INT64) AS `s19`
  FROM (SELECT c.*, CAST('experiment' AS STRING) AS `experiment` FROM `ml_cells` AS c) AS c
  CROSS JOIN `ml_frame` AS f
  GROUP BY GROUPING SETS ((c.`experiment`), (c.`experiment`, c.`arm`))
),
`ml_lines` AS (
  SELECT 0 AS `line`, 'clock' AS `measure`, '' AS `metric`, '' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 1 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'exposures' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 2 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'duplicate-exposures' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 3 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'units-in-several-arms' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 4 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'exposures-without-unit' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 5 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'exposures-without-arm' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 6 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'exposures-in-other-arms' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 7 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'exposures-without-time' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 8 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'exposures-after-reading' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 9 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'events' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 10 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'events-without-unit' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 11 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'events-without-time' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 12 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'events-after-reading' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 13 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'events-of-others' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 14 AS `line`, 'quality' AS `measure`, '' AS `metric`, 'events-before-exposure' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 15 AS `line`, 'quality' AS `measure`, 'don\'t \\ cancel' AS `metric`, 'metric-events' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 16 AS `line`, 'quality' AS `measure`, 'don\'t \\ cancel' AS `metric`, 'events-after-window' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 17 AS `line`, 'arm' AS `measure`, '' AS `metric`, '' AS `other`, '' AS `kind`, '' AS `role`, 'part' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 18 AS `line`, 'result' AS `measure`, 'don\'t \\ cancel' AS `metric`, '' AS `other`, 'proportion' AS `kind`, 'macro' AS `role`, 'part' AS `scope`, CAST(7 AS FLOAT64) AS `attribution_days`
)
SELECT g.`experiment` AS `experiment`,
  'all' AS `part`,
  '' AS `segmentation`,
  '' AS `segment`,
  CAST(NULL AS INT64) AS `day`,
  COALESCE(g.`arm`, '') AS `arm`,
  l.`measure` AS `measure`,
  l.`metric` AS `metric`,
  l.`other` AS `other`,
  l.`kind` AS `kind`,
  CASE WHEN l.`measure` <> 'arm' THEN l.`role` WHEN g.`arm` = 'A' THEN 'control' ELSE 'treatment' END AS `role`,
  l.`attribution_days` AS `attribution_days`,
  CASE l.`line`
    WHEN 1 THEN g.`s2`
    WHEN 2 THEN g.`s3`
    WHEN 3 THEN g.`s4`
    WHEN 4 THEN g.`s5`
    WHEN 5 THEN g.`s6`
    WHEN 6 THEN g.`s7`
    WHEN 7 THEN g.`s8`
    WHEN 8 THEN g.`s9`
    WHEN 9 THEN g.`s10`
    WHEN 10 THEN g.`s11`
    WHEN 11 THEN g.`s12`
    WHEN 12 THEN g.`s13`
    WHEN 13 THEN g.`s14`
    WHEN 14 THEN g.`s15`
    WHEN 15 THEN g.`s10`
    WHEN 16 THEN g.`s16`
    WHEN 17 THEN g.`s17`
    WHEN 18 THEN g.`s18`
  END AS `n`,
  CASE l.`line`
    WHEN 0 THEN g.`s0`
    WHEN 18 THEN g.`s19`
  END AS `sum`,
  CASE l.`line`
    WHEN 0 THEN g.`s1`
  END AS `other_sum`,
  CAST(NULL AS INT64) AS `both`,
  CAST(NULL AS FLOAT64) AS `mean`,
  CAST(NULL AS FLOAT64) AS `variance`,
  CAST(NULL AS FLOAT64) AS `other_mean`,
  CAST(NULL AS FLOAT64) AS `other_variance`,
  CAST(NULL AS FLOAT64) AS `covariance`
FROM `ml_groups` AS g CROSS JOIN `ml_lines` AS l
WHERE (g.`any_arm` = 1 AND l.`scope` = 'experiment')
  OR (g.`arm` IS NOT NULL AND (l.`scope` = 'part' OR (l.`scope` = 'arm' AND 'all' = 'all')))
ORDER BY `experiment`, `part`, `segmentation`, `segment`, `day`, `arm`, l.`line`
