WITH
`ml_exposures` AS (
  SELECT r.`unit` AS `unit`, r.`arm` AS `arm`, r.`moment` AS `moment`,
    CASE WHEN r.`unit` IS NULL OR TRIM(CAST(r.`unit` AS STRING)) = '' THEN 1 WHEN r.`arm` IS NULL THEN 2 WHEN r.`moment` IS NULL THEN 4 ELSE 0 END AS `flaw`
  FROM (
  SELECT r.`user_pseudo_id` AS `unit`,
    NULLIF(TRIM(CAST((SELECT MAX(COALESCE(p.value.string_value, CAST(p.value.int_value AS STRING))) FROM UNNEST(r.`event_params`) AS p WHERE p.key = 'exp_variant_string') AS STRING)), '') AS `arm`,
    CAST(r.`event_timestamp` AS INT64) AS `moment`
  FROM `shop`.`analytics_1`.`events_*` AS r
  WHERE r.`_TABLE_SUFFIX` >= '20260301' AND r.`_TABLE_SUFFIX` <= '20260331' AND r.`event_name` IN ('experience_impression')
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
    r.`v0` AS `v0`,
    r.`v1` AS `v1`,
    CASE WHEN r.`moment` IS NOT NULL THEN r.`unit` END AS `owner`
  FROM (
  SELECT r.`user_pseudo_id` AS `unit`,
    CAST(r.`event_timestamp` AS INT64) AS `moment`,
    CAST(r.`ecommerce`.`purchase_revenue` AS FLOAT64) AS `v0`,
    CAST((SELECT MAX(COALESCE(CAST(p.value.int_value AS FLOAT64), p.value.float_value, p.value.double_value)) FROM UNNEST(r.`event_params`) AS p WHERE p.key = 'value') AS FLOAT64) AS `v1`,
    0 AS `event`
  FROM `shop`.`analytics_1`.`events_*` AS r
  WHERE CAST(r.`event_name` AS STRING) IN ('purchase')
    AND r.`_TABLE_SUFFIX` >= '20260301' AND r.`_TABLE_SUFFIX` <= '20260331'
  ) AS r
),
`ml_placed` AS (
  SELECT p.`unit` AS `unit`, p.`v0` AS `v0`, p.`v1` AS `v1`,
    CASE WHEN p.`arm` IS NOT NULL THEN p.`moment` END AS `last`,
    p.`event` * 6 + CASE WHEN p.`since` < 0 THEN 0 WHEN p.`since` IS NOT NULL THEN 1 WHEN p.`unit` IS NULL OR TRIM(CAST(p.`unit` AS STRING)) = '' THEN 3 WHEN p.`moment` IS NULL THEN 4 ELSE 2 END AS `event_class`
  FROM (
  SELECT e.`unit` AS `unit`,
    e.`event` AS `event`, e.`moment` AS `moment`, e.`moment` - a.`entered` AS `since`,
    e.`v0` AS `v0`, e.`v1` AS `v1`, a.`arm` AS `arm`
  FROM `ml_events` AS e LEFT JOIN `ml_assigned` AS a ON a.`unit` = e.`owner`
  ) AS p
),
`ml_counted` AS (
  SELECT p.`own` AS `unit`, CASE WHEN p.`own` IS NULL THEN p.`event_class` END AS `event_class`,
    COUNT(*) AS `event_rows`,
    COUNT(CASE WHEN p.`event_class` = 1 THEN 1 END) AS `k1`,
    SUM(CASE WHEN p.`event_class` = 1 THEN p.`v0` END) AS `x0`,
    SUM(CASE WHEN p.`event_class` = 1 THEN p.`v1` END) AS `x1`,
    COUNT(CASE WHEN p.`event_class` = 1 THEN 1 END) - COUNT(CASE WHEN p.`event_class` = 1 THEN p.`v0` END) AS `missing0`,
    COUNT(CASE WHEN p.`event_class` = 1 THEN 1 END) - COUNT(CASE WHEN p.`event_class` = 1 THEN p.`v1` END) AS `missing1`,
    MAX(p.`last`) AS `last`
  FROM (
  SELECT p.`event_class` AS `event_class`, p.`last` AS `last`,
    CASE WHEN p.`event_class` = 1 AND NOT (COALESCE(p.`v0` - p.`v0`, 1) <> 0) THEN p.`v0` END AS `v0`,
    CASE WHEN p.`event_class` = 1 AND NOT (COALESCE(p.`v1` - p.`v1`, 1) <> 0) THEN p.`v1` END AS `v1`,
    CASE WHEN p.`event_class` = 1 THEN p.`unit` END AS `own`
  FROM `ml_placed` AS p
  ) AS p
  GROUP BY p.`own`, CASE WHEN p.`own` IS NULL THEN p.`event_class` END
),
`ml_activity` AS (
  SELECT a.`arm` AS `arm`, a.`entered` AS `entered`, a.`flaw` AS `flaw`, a.`exposures` AS `exposures`,
    COALESCE(e.`x0`, 0) AS `x0`,
    COALESCE(e.`x1`, 0) AS `x1`,
    e.`event_class` AS `event_class`, e.`event_rows` AS `event_rows`, e.`last` AS `last`, e.`k1` AS `k1`, e.`missing0` AS `missing0`, e.`missing1` AS `missing1`
  FROM `ml_assigned` AS a FULL JOIN `ml_counted` AS e
    ON a.`unit` = e.`unit`
),
`ml_frame` AS (
  SELECT MIN(CASE WHEN u.`arm` IS NOT NULL THEN u.`entered` END) AS `first_entered`,
    AVG(CASE WHEN u.`arm` IS NOT NULL THEN CAST(u.`x0` AS FLOAT64) END) AS `centre_x0`,
    AVG(CASE WHEN u.`arm` IS NOT NULL THEN CAST(u.`x1` AS FLOAT64) END) AS `centre_x1`,
    CASE WHEN MAX(u.`last`) > MAX(CASE WHEN u.`arm` IS NOT NULL THEN u.`entered` END) THEN MAX(u.`last`) ELSE MAX(CASE WHEN u.`arm` IS NOT NULL THEN u.`entered` END) END AS `read_at`
  FROM `ml_activity` AS u
),
`ml_cells` AS (
  SELECT u.`arm` AS `arm`, u.`flaw` AS `flaw`, u.`event_class` AS `event_class`,
    COUNT(*) AS `units`,
    SUM(u.`exposures`) AS `exposures`,
    SUM(u.`event_rows`) AS `event_rows`,
    SUM(u.`k1`) AS `k1`,
    SUM(u.`missing0`) AS `missing0`,
    SUM(u.`missing1`) AS `missing1`,
    MIN(u.`from_x0`) AS `t0`,
    MAX(u.`from_x0`) AS `t1`,
    SUM(u.`from_x0`) AS `t2`,
    SUM(u.`from_x0` * u.`from_x0`) AS `t3`,
    MIN(u.`from_x1`) AS `t4`,
    MAX(u.`from_x1`) AS `t5`,
    SUM(u.`from_x1`) AS `t6`,
    SUM(u.`from_x1` * u.`from_x1`) AS `t7`,
    SUM(u.`from_x1` * u.`from_x0`) AS `t8`
  FROM (
    SELECT u.*,
      CAST(u.`x0` AS FLOAT64) - f.`centre_x0` AS `from_x0`,
      CAST(u.`x1` AS FLOAT64) - f.`centre_x1` AS `from_x1`
    FROM `ml_activity` AS u
    CROSS JOIN `ml_frame` AS f
  ) AS u
  GROUP BY u.`arm`, u.`flaw`, u.`event_class`
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
    CAST(COALESCE(SUM(CASE WHEN (c.`event_class` = 0 OR c.`event_class` BETWEEN 2 AND 5) THEN c.`event_rows` END), 0) + COALESCE(SUM(c.`k1`), 0) AS INT64) AS `s10`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 3 THEN c.`event_rows` END), 0) AS INT64) AS `s11`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 4 THEN c.`event_rows` END), 0) AS INT64) AS `s12`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 5 THEN c.`event_rows` END), 0) AS INT64) AS `s13`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 2 THEN c.`event_rows` END), 0) AS INT64) AS `s14`,
    CAST(COALESCE(SUM(CASE WHEN c.`event_class` = 0 THEN c.`event_rows` END), 0) AS INT64) AS `s15`,
    CAST(COALESCE(SUM(CASE WHEN c.`arm` IS NOT NULL THEN c.`missing0` END), 0) AS INT64) AS `s16`,
    CAST(COALESCE(SUM(CASE WHEN c.`arm` IS NOT NULL THEN c.`missing1` END), 0) AS INT64) AS `s17`,
    CAST(COALESCE(SUM(c.`units`), 0) AS INT64) AS `s18`,
    MAX(f.`centre_x0`) AS `s19`,
    MIN(c.`t0`) AS `s20`,
    MAX(c.`t1`) AS `s21`,
    SUM(c.`t2`) AS `s22`,
    SUM(c.`t3`) AS `s23`,
    MAX(f.`centre_x1`) AS `s24`,
    MIN(c.`t4`) AS `s25`,
    MAX(c.`t5`) AS `s26`,
    SUM(c.`t6`) AS `s27`,
    SUM(c.`t7`) AS `s28`,
    SUM(c.`t8`) AS `s29`
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
  UNION ALL SELECT 15 AS `line`, 'quality' AS `measure`, 'revenue' AS `metric`, 'metric-events' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 16 AS `line`, 'quality' AS `measure`, 'value' AS `metric`, 'metric-events' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 17 AS `line`, 'quality' AS `measure`, 'revenue' AS `metric`, 'values-missing' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 18 AS `line`, 'quality' AS `measure`, 'value' AS `metric`, 'values-missing' AS `other`, '' AS `kind`, '' AS `role`, 'experiment' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 19 AS `line`, 'arm' AS `measure`, '' AS `metric`, '' AS `other`, '' AS `kind`, '' AS `role`, 'part' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 20 AS `line`, 'result' AS `measure`, 'revenue' AS `metric`, '' AS `other`, 'mean' AS `kind`, 'macro' AS `role`, 'part' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 21 AS `line`, 'result' AS `measure`, 'value' AS `metric`, '' AS `other`, 'mean' AS `kind`, 'secondary' AS `role`, 'part' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
  UNION ALL SELECT 22 AS `line`, 'moments' AS `measure`, 'value' AS `metric`, 'revenue' AS `other`, 'mean' AS `kind`, 'secondary' AS `role`, 'arm' AS `scope`, CAST(NULL AS FLOAT64) AS `attribution_days`
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
  CASE WHEN l.`measure` <> 'arm' THEN l.`role` WHEN g.`arm` = 'T-checkout-A' THEN 'control' ELSE 'treatment' END AS `role`,
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
    WHEN 16 THEN g.`s10`
    WHEN 17 THEN g.`s16`
    WHEN 18 THEN g.`s17`
    WHEN 19 THEN g.`s18`
    WHEN 20 THEN g.`s18`
    WHEN 21 THEN g.`s18`
    WHEN 22 THEN g.`s18`
  END AS `n`,
  CASE l.`line`
    WHEN 0 THEN g.`s0`
  END AS `sum`,
  CASE l.`line`
    WHEN 0 THEN g.`s1`
  END AS `other_sum`,
  CAST(NULL AS INT64) AS `both`,
  CASE l.`line`
    WHEN 20 THEN CASE WHEN g.`s18` > 0 THEN g.`s19` + CASE WHEN g.`s20` < g.`s21` THEN g.`s22` / g.`s18` ELSE g.`s20` END END
    WHEN 21 THEN CASE WHEN g.`s18` > 0 THEN g.`s24` + CASE WHEN g.`s25` < g.`s26` THEN g.`s27` / g.`s18` ELSE g.`s25` END END
    WHEN 22 THEN CASE WHEN g.`s18` > 0 THEN g.`s24` + CASE WHEN g.`s25` < g.`s26` THEN g.`s27` / g.`s18` ELSE g.`s25` END END
  END AS `mean`,
  CASE l.`line`
    WHEN 20 THEN GREATEST(0, CASE WHEN g.`s20` < g.`s21` THEN (g.`s23` - g.`s22` * g.`s22` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)
    WHEN 21 THEN GREATEST(0, CASE WHEN g.`s25` < g.`s26` THEN (g.`s28` - g.`s27` * g.`s27` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)
    WHEN 22 THEN GREATEST(0, CASE WHEN g.`s25` < g.`s26` THEN (g.`s28` - g.`s27` * g.`s27` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)
  END AS `variance`,
  CASE l.`line`
    WHEN 22 THEN CASE WHEN g.`s18` > 0 THEN g.`s19` + CASE WHEN g.`s20` < g.`s21` THEN g.`s22` / g.`s18` ELSE g.`s20` END END
  END AS `other_mean`,
  CASE l.`line`
    WHEN 22 THEN GREATEST(0, CASE WHEN g.`s20` < g.`s21` THEN (g.`s23` - g.`s22` * g.`s22` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)
  END AS `other_variance`,
  CASE l.`line`
    WHEN 22 THEN LEAST(SQRT(GREATEST(0, CASE WHEN g.`s25` < g.`s26` THEN (g.`s28` - g.`s27` * g.`s27` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)) * SQRT(GREATEST(0, CASE WHEN g.`s20` < g.`s21` THEN (g.`s23` - g.`s22` * g.`s22` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)), GREATEST(-SQRT(GREATEST(0, CASE WHEN g.`s25` < g.`s26` THEN (g.`s28` - g.`s27` * g.`s27` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)) * SQRT(GREATEST(0, CASE WHEN g.`s20` < g.`s21` THEN (g.`s23` - g.`s22` * g.`s22` / g.`s18`) / (g.`s18` - 1) ELSE 0 END)), CASE WHEN g.`s25` < g.`s26` AND g.`s20` < g.`s21` THEN (g.`s29` - g.`s27` * g.`s22` / g.`s18`) / (g.`s18` - 1) ELSE 0 END))
  END AS `covariance`
FROM `ml_groups` AS g CROSS JOIN `ml_lines` AS l
WHERE (g.`any_arm` = 1 AND l.`scope` = 'experiment')
  OR (g.`arm` IS NOT NULL AND (l.`scope` = 'part' OR (l.`scope` = 'arm' AND 'all' = 'all')))
ORDER BY `experiment`, `part`, `segmentation`, `segment`, `day`, `arm`, l.`line`
