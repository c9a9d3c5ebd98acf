import { env } from 'cloudflare:test'
import { beforeAll, expect, it } from 'vitest'
import { addLanguage } from '../../../src/commands/translations/add-language'
import { deleteLanguage } from '../../../src/commands/translations/delete-language'
import { TEXT_KINDS } from '../../../src/domain/translation'
import { ALL_LABELS } from '../../../src/i18n/labels'
import { type Moment, mortalDeps, Process } from '../../support/crash'
import { freshStorage, row, rows } from '../../support/database'
import { testDeps } from '../../support/deps'
import { insertAccount } from '../../support/fixtures'

beforeAll(freshStorage)

let count = 0

async function newAccount(): Promise<{ accountId: string; actor: string }> {
  count += 1
  await insertAccount(`acc_${count}`)
  return { accountId: `acc_${count}`, actor: 'usr_1' }
}

const languagesIn = async (accountId: string): Promise<string[] | undefined> =>
  JSON.parse((await row<{ settings: string }>('SELECT settings FROM accounts WHERE id = ?', accountId)).settings)
    .languages

const entries = (accountId: string) =>
  rows<{ action: string }>('SELECT action FROM audit WHERE account_id = ?', accountId)

it.each<Moment>(['before', 'after'])(
  'a language is added and deleted whole or not at all by a process that dies %s any call',
  async (moment) => {
    const deps = testDeps()
    for (let n = 1, fate = 'died'; fate === 'died'; n++) {
      const by = await newAccount()
      const { accountId } = by
      const process = new Process(n, moment)
      const mortal = mortalDeps(deps, env.DB, process, deps.mailer)
      const language = { ...by, language: 'pl' }
      fate = await process.run(
        addLanguage(mortal, { ...by, tag: 'pl', copyOf: 'de' }).then(() => deleteLanguage(mortal, language)),
      )
      const texts = await rows('SELECT kind FROM translations WHERE account_id = ?', accountId)
      const labels = await rows<{ texts: string }>('SELECT texts FROM labels WHERE account_id = ?', accountId)
      const there = (await languagesIn(accountId))?.includes('pl') ?? false
      expect(texts).toHaveLength(there ? TEXT_KINDS.length : 0)
      expect(labels.map(({ texts }) => Object.keys(JSON.parse(texts)).length)).toEqual(there ? [ALL_LABELS.length] : [])
      // The person presses the button again.
      await addLanguage(deps, { ...by, tag: 'pl', copyOf: 'de' })
      expect(await languagesIn(accountId)).toContain('pl')
      expect(await rows('SELECT kind FROM translations WHERE account_id = ?', accountId)).toHaveLength(
        TEXT_KINDS.length,
      )
      expect((await entries(accountId)).filter(({ action }) => action === 'language_added').length).toBeGreaterThan(0)
    }
  },
)

it('two who add languages at once both get them', async () => {
  const by = await newAccount()
  const deps = testDeps()
  const tags = ['pl', 'nl', 'sv']
  const added = await Promise.all(tags.map((tag) => addLanguage(deps, { ...by, tag, copyOf: 'en' })))
  expect(added.every(({ ok }) => ok)).toBe(true)
  expect((await languagesIn(by.accountId))?.slice(5).sort()).toEqual([...tags].sort())
})

it('two who delete the last two languages at once leave one', async () => {
  const by = await newAccount()
  const deps = testDeps()
  for (const language of ['en', 'it', 'es']) await deleteLanguage(deps, { ...by, language })
  await Promise.all(['fr', 'de'].map((language) => deleteLanguage(deps, { ...by, language })))
  expect(await languagesIn(by.accountId)).toHaveLength(1)
})
