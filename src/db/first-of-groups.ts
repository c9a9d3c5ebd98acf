import { type SQL, sql } from 'drizzle-orm'

/** An index of deliveries: three columns that form the groups, then the column that orders the rows of a group. */
export interface GroupIndex {
  groups: readonly [string, string, string]
  order: string
  /** Selects the rows of the index, up to a complete WHERE clause. */
  from: SQL
}

/**
 * Builds a recursive CTE `name(id)` with the first delivery of each group. Seeks the index from group to group, so it reads about three
 * rows a group, however many deliveries a group has.
 */
export function firstOfGroups(name: string, { groups: [a, b, c], order, from }: GroupIndex): SQL {
  const first = (condition: string, orderBy: string) =>
    sql`(SELECT id ${from}${sql.raw(condition)} ORDER BY ${sql.raw(orderBy)}, ${sql.raw(order)} LIMIT 1)`
  return sql`
    WITH RECURSIVE ${sql.raw(name)}(id) AS (
      SELECT ${first('', `${a}, ${b}, ${c}`)}
      UNION ALL
      SELECT coalesce(
        ${first(` AND ${a} = d.${a} AND ${b} = d.${b} AND ${c} > d.${c}`, c)},
        ${first(` AND ${a} = d.${a} AND ${b} > d.${b}`, `${b}, ${c}`)},
        ${first(` AND ${a} > d.${a}`, `${a}, ${b}, ${c}`)})
      FROM ${sql.raw(name)} CROSS JOIN deliveries d ON d.id = ${sql.raw(name)}.id
    )`
}
