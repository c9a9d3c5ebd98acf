import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { allOrNothing, isNotAll, openDb, runBatch } from '../../src/db/client'
import { readJson, readJsonOrNull, storedShape, UnreadableColumn } from '../../src/db/read-json'
import { SETTINGS, SNAPSHOT } from '../../src/db/stored-shapes'
import { freshStorage } from '../support/database'

const POINT = storedShape<{ x: number }>('point', v.looseObject({ x: v.number() }))

describe('a JSON column', () => {
  it('is read with its fields that are not in the shape', () => {
    expect(readJson(POINT, '{"x":1,"y":2}')).toEqual({ x: 1, y: 2 })
    expect(readJsonOrNull(POINT, null)).toBeNull()
  })

  it.each([null, undefined, '', 'null', '{', '[]', '{"x":"1"}'])(
    'with the content %j is reported as unreadable, with the name of its shape',
    (column) => {
      expect(() => readJson(POINT, column)).toThrow(UnreadableColumn)
      expect(() => readJson(POINT, column)).toThrow('point')
    },
  )

  it('of an earlier version is read with its fields under their current names', () => {
    const settings = { currency: 'EUR', language: 'fr', timeZone: 'Europe/Paris' }
    const keeping = { mailMonths: 6, eventDays: 7, documentYears: 10 }
    expect(readJson(SETTINGS, JSON.stringify({ ...settings, keeping }))).toEqual({ ...settings, retention: keeping })
    const retention = { ...keeping, mailMonths: 12 }
    expect(readJson(SETTINGS, JSON.stringify({ ...settings, keeping, retention })).retention).toEqual(retention)

    const snapshot = {
      ...{ kind: 'invoice', language: 'fr', currency: 'EUR', seller: {}, buyer: { name: 'B' }, totals: { total: 1 } },
      content: { lines: [], currency: 'EUR' },
    }
    const wording = { language: 'fr', base: 'fr', texts: { 'document.kind.invoice': 'Note' } }
    expect(readJson(SNAPSHOT, JSON.stringify({ ...snapshot, wording }))).toEqual({ ...snapshot, labels: wording })
  })
})

describe('a batch that is all or nothing', () => {
  const db = openDb(env.DB)
  beforeAll(freshStorage)

  const insert = (name: string) => sql`INSERT INTO upkeep (name, position) VALUES (${name}, '')`

  it('is rolled back when a statement changed another number of rows', async () => {
    const batch = runBatch(db, [insert('a'), allOrNothing(2), insert('b')])
    await expect(batch).rejects.toSatisfy(isNotAll)
    expect(await db.all(sql`SELECT 1 FROM upkeep WHERE name IN ('a', 'b')`)).toEqual([])
    await runBatch(db, [insert('a'), allOrNothing(1), insert('b')])
    expect(await db.all(sql`SELECT 1 FROM upkeep WHERE name IN ('a', 'b')`)).toHaveLength(2)
  })

  it('is distinguished from a batch that failed on malformed JSON', async () => {
    await expect(runBatch(db, [sql`SELECT json('not all of it')`])).rejects.not.toSatisfy(isNotAll)
  })
})
