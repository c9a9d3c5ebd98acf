/** Shows, checks and saves a page of account settings. Refuses to save if another request has changed them meanwhile. */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { pick, saveSettings } from '../../commands/accounts/save-settings'
import { tagOf } from '../../commands/tag'
import type { Statements } from '../../db/finalisation'
import type { AccountSettings } from '../../domain/company'
import type { Key, Language, Translate } from '../../i18n'
import type { AccountEnv } from '../app-env'
import { type Difference, differencesOf } from '../ui/conflict'
import type { FormState, FormValues } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'

export interface TopicProps {
  form: FormState
  /** Tag of the settings that the form shows. */
  tag: string
  conflict: Difference[]
  /** Result of the topic's `more`. */
  more?: Child
}

export interface Topic<K extends keyof AccountSettings> {
  path: string
  title: Key
  /** Settings of this page. A concurrent change of other settings is not a conflict. */
  keys: readonly K[]
  values(settings: AccountSettings, language: Language): FormValues
  parse(
    typed: FormValues,
    t: Translate,
    language: Language,
  ): { ok: true; value: Pick<AccountSettings, K> } | ({ ok: false } & FormState)
  /** Statements for the transaction that saves them. */
  andThen?(value: Pick<AccountSettings, K>): Statements
  /** Saves values that are not part of the settings, after them; returns errors by field. */
  saveMore?(typed: FormValues): Promise<FormState['errors']>
  /** Labels of the fields that a stale form compares, by name. */
  labels(typed: FormValues, t: Translate): [name: string, label: string][]
  /** Returns content for the page beside its form. */
  more?(c: Context<AccountEnv>): Promise<Child>
  Page(props: TopicProps): Child
}

type Status = 200 | 409 | 422

export async function showTopic<K extends keyof AccountSettings>(
  c: Context<AccountEnv>,
  topic: Topic<K>,
  form: FormState = { values: topic.values(c.var.signedIn.settings, c.var.language), errors: {} },
  status: Status = 200,
  tag?: string,
): Promise<Response> {
  const { t, language, signedIn } = c.var
  const saved = topic.values(signedIn.settings, language)
  const props = {
    form,
    tag: tag ?? (await tagOf(pick(signedIn.settings, topic.keys))),
    conflict: status === 409 ? differencesOf(form.values, saved, topic.labels(form.values, t)) : [],
    more: await topic.more?.(c),
  }
  return page(c, { title: t(topic.title), section: 'settings', status }, <topic.Page {...props} />)
}

export async function saveTopic<K extends keyof AccountSettings>(
  c: Context<AccountEnv>,
  topic: Topic<K>,
  typed: FormValues,
): Promise<Response> {
  const { t, language, signedIn, deps } = c.var
  const form = topic.parse(typed, t, language)
  if (!form.ok) return showTopic(c, topic, form, 422, typed.tag)
  const andThen = topic.andThen?.(form.value) ?? []
  const input = {
    accountId: signedIn.accountId,
    actor: signedIn.userId,
    tag: typed.tag ?? '',
    changes: form.value,
    andThen,
  }
  const saved = await saveSettings(deps, input)
  if (!saved.ok && saved.reason === 'busy')
    return showTopic(c, topic, { values: typed, errors: { '': refusalText(t, saved) } }, 422, typed.tag)
  if (!saved.ok) return showTopic(c, topic, { values: typed, errors: {} }, 409)
  const errors = (await topic.saveMore?.(typed)) ?? {}
  if (Object.keys(errors).length > 0)
    return showTopic(
      c,
      topic,
      { values: typed, errors },
      422,
      await tagOf(pick({ ...signedIn.settings, ...form.value }, topic.keys)),
    )
  flash(c, 'notice.saved')
  return c.redirect(topic.path, 303)
}
