import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/api/operations'
import { routes } from '../../src/routes'
import { callApi } from '../support/api'
import { freshStorage } from '../support/database'
import { apiRouteTable } from '../support/route-table'

beforeAll(freshStorage)

describe('the OpenAPI document', () => {
  it('is read without a key', async () => {
    const answer = await callApi('', routes.openApi)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.json).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] })
  })

  it('describes every operation that is served, and serves every one that it describes', () => {
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${routes.api}${path}`)
    expect(apiRouteTable().sort()).toEqual([...described, `GET ${routes.api}${routes.openApi}`].sort())
  })

  it('resolves every reference', async () => {
    const { json, text } = await callApi('', routes.openApi)
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(references.length).toBeGreaterThan(0)
    for (const name of references) expect(Object.keys(json.components.schemas)).toContain(name)
  })
})
