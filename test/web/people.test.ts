import { createExecutionContext, env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../src/app'
import { removeMember } from '../../src/commands/accounts/remove-member'
import { signInStatements } from '../../src/dev/sign-in-statements'
import type { Role } from '../../src/domain/role'
import { type Client, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { invite, stranger } from '../support/invitations'

beforeAll(freshStorage)

const roleOf = async ({ accountId, userId }: Merchant): Promise<string | undefined> =>
  (
    await rows<{ role: string }>(
      'SELECT role FROM members WHERE organization_id = ? AND user_id = ?',
      accountId,
      userId,
    )
  )[0]?.role

const colleague = (owner: Merchant, role: Role) => signUp({ accountId: owner.accountId, role })

const auditActions = async ({ accountId }: Merchant): Promise<string[]> =>
  (await rows<{ action: string }>('SELECT action FROM audit WHERE account_id = ? ORDER BY id', accountId)).map(
    ({ action }) => action,
  )

describe('where people must be invited', () => {
  /** Signs in by a link that the deployment's owner made, or by one that any person may request. */
  const signedIn = async (email: string, madeByOwner: boolean): Promise<Client> => {
    const token = `token-${email}-${madeByOwner}`
    const statements = signInStatements(email, token, Date.now())
    for (const statement of madeByOwner ? statements : statements.filter((one) => !one.includes('let_in_at')))
      await env.DB.prepare(statement).run()
    const client = stranger()
    client.worker = { fetch: invited }
    await client.post(`/sign-in/links/${token}`)
    return client
  }
  const invited = async (url: string, init: RequestInit) =>
    app.fetch(new Request(url, init), { ...env, SIGN_UP: 'invite' }, createExecutionContext())
  const company = { legalName: 'Another', country: 'FR', currency: 'EUR', language: 'fr', timeZone: 'Europe/Paris' }
  const mayFound = async (client: Client) => (await client.get('/welcome')).status === 200
  const found = async (client: Client) => (await client.post('/welcome', company)).status === 303

  it('somebody that the deployment’s owner lets in opens one account, and no next one after leaving it to a friend', async () => {
    const client = await signedIn('founder@example.org', true)
    expect(await mayFound(client)).toBe(true)
    expect(await found(client)).toBe(true)
    const { id } = await row<{ id: string }>("SELECT id FROM users WHERE email = 'founder@example.org'")
    await env.DB.prepare('DELETE FROM members WHERE user_id = ?').bind(id).run()
    expect(await mayFound(client)).toBe(false)
    expect(await found(client)).toBe(false)
    await signedIn('founder@example.org', true)
    expect(await mayFound(client)).toBe(true)
  })

  it('an invitation that waits lets its reader into no account of their own, nor does one that was cancelled', async () => {
    const owner = await signUp()
    await invite(owner, { email: 'waiting@example.org' })
    const client = await signedIn('waiting@example.org', false)
    expect(await found(client)).toBe(false)
    await env.DB.prepare('DELETE FROM invitations WHERE email = ?').bind('waiting@example.org').run()
    expect(await found(client)).toBe(false)
    expect(
      await rows("SELECT 1 FROM members m JOIN users u ON u.id = m.user_id WHERE u.email = 'waiting@example.org'"),
    ).toEqual([])
  })
})

describe('an invitation', () => {
  it('lets a new person in by the button of its page, and by nothing else', async () => {
    const owner = await signUp()
    const { email, path } = await invite(owner, { role: 'member' })
    const person = stranger()
    const page = await person.get(path)
    expect(await textOf(page)).toContain('Camille Martin invites you to work in Atelier Dupré')
    expect(await rows('SELECT id FROM users WHERE email = ?', email)).toEqual([])

    const response = await person.fillIn(path, { name: 'Anna Weber' })
    expect(response.headers.get('location')).toBe('/documents')
    const people = await textOf(await person.get('/settings/people'))
    expect(people).toContain('Anna Weber')
    expect(people).toContain('Welcome: you now belong to this account.')
    const member = await row(
      'SELECT m.role, u.email_verified FROM members m JOIN users u ON u.id = m.user_id WHERE u.email = ?',
      email,
    )
    expect(member).toEqual({ role: 'member', email_verified: 1 })
    expect(await auditActions(owner)).toEqual(['person_invited', 'invitation_accepted'])
  })

  it('works once, also for two who press the button at once', async () => {
    const owner = await signUp()
    const { email, path } = await invite(owner)
    const responses = await Promise.all([stranger().post(path), stranger().post(path)])
    expect(responses.map(({ status }) => status).sort()).toContain(303)
    expect(await rows('SELECT id FROM users WHERE email = ?', email)).toHaveLength(1)
    expect((await stranger().get(path)).status).toBe(410)
    expect((await stranger().post(path)).status).toBe(410)
  })

  it('lets a signed-in person with that address join, and changes their session to the account', async () => {
    const owner = await signUp({ company: { tradingName: 'The Bindery' } })
    const other = await signUp()
    const { path } = await invite(owner, { email: other.email, role: 'viewer' })
    expect((await other.fillIn(path, {})).headers.get('location')).toBe('/documents')
    expect(await textOf(await other.get('/settings/people'))).toContain('The Bindery')
    expect(await roleOf({ ...other, accountId: owner.accountId } as Merchant)).toBe('viewer')
  })

  it('says that it is for another address, and does nothing', async () => {
    const owner = await signUp()
    const other = await signUp()
    const { email, path } = await invite(owner)
    expect(await textOf(await other.get(path))).toContain(
      `This invitation is for ${email}, and you are signed in as ${other.email}`,
    )
    expect((await other.post(path)).status).toBe(409)
    expect(await rows('SELECT id FROM members WHERE organization_id = ?', owner.accountId)).toHaveLength(1)
  })

  it('does not sign in a registered person, who must sign in first', async () => {
    const owner = await signUp()
    const other = await signUp()
    const { path } = await invite(owner, { email: other.email })
    const signedOut = stranger()
    expect(await textOf(await signedOut.get(path))).toContain(`sign in as ${other.email} first`)
    expect((await signedOut.post(path)).status).toBe(409)
    expect(signedOut.cookies.size).toBe(0)
  })

  it('expires after seven days, and can be sent again, which replaces the link', async () => {
    const owner = await signUp()
    const { email, path } = await invite(owner, { at: Date.now() - 7 * 86_400_000 })
    expect((await stranger().get(path)).status).toBe(410)
    expect(await textOf(await owner.get('/settings/people'))).toContain('Expired')
    const { id } = await row<{ id: string }>('SELECT id FROM invitations WHERE email = ?', email)
    expect((await owner.post(`/settings/people/invitations/${id}/mails`)).status).toBe(303)
    expect(await textOf(await owner.get('/settings/people'))).not.toContain('Expired')
    const again = await invite(owner, { email, role: 'admin' })
    expect(await rows('SELECT role FROM invitations WHERE email = ?', email)).toEqual([{ role: 'admin' }])
    expect((await stranger().get(again.path)).status).toBe(200)
  })

  it('is void once cancelled', async () => {
    const owner = await signUp()
    const { email, path } = await invite(owner)
    const { id } = await row<{ id: string }>('SELECT id FROM invitations WHERE email = ?', email)
    await owner.post(`/settings/people/invitations/${id}/cancellation`)
    expect((await stranger().post(path)).status).toBe(410)
    expect(await textOf(await owner.get('/settings/people'))).not.toContain(email)
  })

  it('ends for good when its maker loses the right to invite', async () => {
    const owner = await signUp()
    const removed = await colleague(owner, 'admin')
    const demoted = await colleague(owner, 'owner')
    const paths = {
      removed: (await invite(removed)).path,
      demoted: (await invite(demoted, { role: 'admin' })).path,
      below: (await invite(demoted, { role: 'viewer' })).path,
      owner: (await invite(owner, { role: 'admin' })).path,
    }
    await owner.post(`/settings/people/${removed.userId}/removal`)
    await owner.post(`/settings/people/${demoted.userId}/role`, { role: 'admin' })
    expect((await stranger().get(paths.removed)).status).toBe(410)
    expect((await stranger().post(paths.removed)).status).toBe(410)
    expect((await stranger().post(paths.demoted)).status).toBe(410)
    // Invitations to roles that an admin may give, and those of others, are still valid.
    expect((await stranger().get(paths.below)).status).toBe(200)
    expect((await stranger().get(paths.owner)).status).toBe(200)
    await owner.post(`/settings/people/${demoted.userId}/role`, { role: 'owner' })
    expect((await stranger().post(paths.demoted)).status).toBe(410)
  })

  it('is invalid while its maker lacks the right to invite, for any reason', async () => {
    const owner = await signUp()
    const admin = await colleague(owner, 'admin')
    const { email, path } = await invite(admin)
    await env.DB.prepare("UPDATE members SET role = 'viewer' WHERE user_id = ?").bind(admin.userId).run()
    expect((await stranger().get(path)).status).toBe(410)
    expect((await stranger().post(path)).status).toBe(410)
    expect(await rows('SELECT id FROM users WHERE email = ?', email)).toEqual([])
  })

  it('is sent from the page, and refused for a member’s address and for a role above one’s own', async () => {
    const owner = await signUp()
    const admin = await colleague(owner, 'admin')
    const page = await admin.follow(
      await admin.fillIn(
        '/settings/people',
        { email: 'New@Example.org', role: 'viewer' },
        '/settings/people/invitations',
      ),
    )
    const text = await textOf(page)
    expect(text).toContain('The invitation is on its way.')
    expect(text).toContain('new@example.org')
    const taken = await admin.post('/settings/people/invitations', { email: owner.email, role: 'viewer' })
    expect(await textOf(taken)).toContain('already belongs to the account')
    const above = await admin.post('/settings/people/invitations', { email: 'x@example.org', role: 'owner' })
    expect(above.status).toBe(422)
    expect(await rows('SELECT email FROM invitations WHERE organization_id = ?', owner.accountId)).toHaveLength(1)
  })
})

describe('members', () => {
  it('get roles only from owners', async () => {
    const owner = await signUp()
    const admin = await colleague(owner, 'admin')
    const viewer = await colleague(owner, 'viewer')
    expect((await admin.post(`/settings/people/${viewer.userId}/role`, { role: 'member' })).status).toBe(403)
    expect((await owner.post(`/settings/people/${viewer.userId}/role`, { role: 'member' })).status).toBe(303)
    expect(await roleOf(viewer)).toBe('member')
    const list = await textOf(await owner.get('/settings/audit'))
    expect(list).toContain(`changed the role of ${viewer.email}`)
    expect(list).toMatch(/Role Viewer.*Member/)
  })

  it('are removed by those above them, and are out with their next request', async () => {
    const owner = await signUp()
    const admin = await colleague(owner, 'admin')
    const member = await colleague(owner, 'member')
    expect((await member.get('/contacts')).status).toBe(200)
    expect((await admin.post(`/settings/people/${owner.userId}/removal`)).status).toBe(403)
    expect((await admin.post(`/settings/people/${member.userId}/removal`)).status).toBe(303)
    expect((await member.get('/contacts')).headers.get('location')).toBe('/welcome')
    expect(await roleOf(member)).toBeUndefined()
  })

  it('may leave, but for the last owner, who can’t give the role up either', async () => {
    const owner = await signUp()
    const viewer = await colleague(owner, 'viewer')
    expect((await viewer.post('/settings/people/departure')).status).toBe(303)
    expect(await roleOf(viewer)).toBeUndefined()
    expect(await textOf(await owner.follow(await owner.post('/settings/people/departure')))).toContain('needs an owner')
    await owner.post(`/settings/people/${owner.userId}/role`, { role: 'viewer' })
    expect(await roleOf(owner)).toBe('owner')
    expect(await auditActions(owner)).toEqual(['member_left'])
  })

  it('two owners who leave at once leave one behind', async () => {
    const owner = await signUp()
    const second = await colleague(owner, 'owner')
    const leave = ({ accountId, userId }: Merchant) => removeMember(testDeps(), { accountId, userId, actor: userId })
    const left = await Promise.all([leave(owner), leave(second)])
    expect(left.filter(({ ok }) => ok)).toHaveLength(1)
    expect(left.find(({ ok }) => !ok)).toMatchObject({ reason: 'last_owner' })
    expect(
      await rows("SELECT id FROM members WHERE organization_id = ? AND role = 'owner'", owner.accountId),
    ).toHaveLength(1)
  })

  it('hides forbidden actions, and names the required role if one is requested', async () => {
    const owner = await signUp()
    const viewer = await colleague(owner, 'viewer')
    const html = await (await viewer.get('/settings/people')).text()
    expect(html).not.toContain('/settings/people/invitations')
    expect(html).not.toContain('/removal')
    const page = await viewer.get('/settings/audit')
    expect(page.status).toBe(403)
    expect(await textOf(page)).toContain('Your role in Atelier Dupré is “Viewer”. This requires the role “Admin”')
  })
})

describe('several accounts', () => {
  it('are changed between in one session, and others’ are not found', async () => {
    const first = await signUp({ company: { tradingName: 'First Books' } })
    const owner = await signUp({ company: { tradingName: 'Second Books' } })
    await env.DB.prepare(
      "INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES (?, ?, ?, 'viewer', 1)",
    )
      .bind(crypto.randomUUID(), owner.accountId, first.userId)
      .run()
    expect((await first.post('/accounts/active', { accountId: owner.accountId })).status).toBe(303)
    expect(await textOf(await first.get('/settings/company'))).toContain('Only admins')
    const stranger = await signUp()
    expect((await stranger.post('/accounts/active', { accountId: owner.accountId })).status).toBe(404)
  })

  it('another is opened once by one form, and the session works in it', async () => {
    const merchant = await signUp()
    const companyFields = { legalName: 'Second Business', country: 'FR' }
    const page = await merchant.get('/accounts/new')
    const key = /name="key" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
    const fields = { ...companyFields, key, currency: 'EUR', language: 'fr', timeZone: 'Europe/Paris' }
    await Promise.all([merchant.post('/accounts', fields), merchant.post('/accounts', fields)])
    expect(await rows('SELECT id FROM members WHERE user_id = ?', merchant.userId)).toHaveLength(2)
    expect(await textOf(await merchant.get('/settings'))).toContain('Second Business')
  })

  it('are opened no more than five times in a day, since each has limits of its own', async () => {
    const merchant = await signUp()
    const others = { country: 'FR', currency: 'EUR', language: 'fr', timeZone: 'UTC' }
    const open = (key: number) =>
      merchant.post('/accounts', { ...others, legalName: `Business ${key}`, key: String(key) })
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map(open))
    const opened = () => rows('SELECT id FROM members WHERE user_id = ?', merchant.userId)
    const before = (await opened()).length
    expect(before).toBe(6)
    expect(await textOf(await merchant.follow(await open(8)))).toContain('You have opened several accounts in one day')
    await env.DB.prepare('UPDATE accounts SET created_at = created_at - 86400001').run()
    await open(9)
    expect(await opened()).toHaveLength(before + 1)
  })

  it('the key of another person’s form makes a separate account', async () => {
    const [one, two] = [await signUp(), await signUp()]
    const fields = { legalName: 'X', country: 'FR', key: 'k', currency: 'EUR', language: 'fr', timeZone: 'UTC' }
    await one.post('/accounts', fields)
    await two.post('/accounts', fields)
    const shared = await rows(
      'SELECT organization_id FROM members WHERE user_id IN (?, ?) GROUP BY organization_id HAVING count(*) > 1',
      one.userId,
      two.userId,
    )
    expect(shared).toEqual([])
  })
})

describe('the audit list', () => {
  it('names person, field, old and new value of each change', async () => {
    const merchant = await signUp({ name: 'Zoé Blanc' })
    await merchant.fillIn('/settings/company', { phone: '+33 1 23' })
    await merchant.fillIn('/settings/mail', { attachPdf: '', batchWindowMs: '10000' })
    await merchant.fillIn('/settings/numbers', { 'invoice.next': '42' })
    const text = await textOf(await merchant.get('/settings/audit'))
    expect(text).toMatch(/Zoé Blanc changed the company details .*Phone nothing became \+33 1 23/)
    expect(text).toMatch(/changed settings .*Time to undo 120 seconds became 10 seconds/)
    expect(text).toMatch(/set the next counter .*1 became 42/)
    expect(await auditActions(merchant)).toEqual(['company_saved', 'settings_saved', 'next_number_set'])
  })

  it('has no entry for a save that changed nothing or was refused', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/company', {})
    await merchant.fillIn('/settings/mail', { batchWindowMs: '1' })
    expect(await auditActions(merchant)).toEqual([])
  })

  it('is read in pages', async () => {
    const merchant = await signUp()
    for (let index = 0; index < 51; index += 1)
      await env.DB.prepare("INSERT INTO audit VALUES (?, ?, ?, ?, 'member_left', '', '[]')")
        .bind(merchant.accountId, `aud_${String(index).padStart(3, '0')}`, index, merchant.userId)
        .run()
    const page = await merchant.get('/settings/audit')
    expect(await page.clone().text()).toContain('/settings/audit?before=aud_001')
    expect(
      (await (await merchant.get('/settings/audit?before=aud_001')).text()).match(/<li>\s*<div class="cluster">/g),
    ).toHaveLength(1)
  })
})

describe('personal settings', () => {
  it('keep which mails a person wants about this account', async () => {
    const merchant = await signUp()
    await merchant.fillIn('/settings/you', { notifyProblems: 'daily' })
    expect(await row('SELECT notify_problems FROM members WHERE user_id = ?', merchant.userId)).toEqual({
      notify_problems: 'daily',
    })
    expect((await merchant.fillIn('/settings/you', { notifyProblems: 'hourly' })).status).toBe(422)
  })
})
