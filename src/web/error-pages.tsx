/** Renders error pages for 403, 404, 413, 429 and 500. htmx gets a notice at the top of the current page. */
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { errorEntry } from '../commands/error-entry'
import { isRole, type Role } from '../domain/role'
import { languageFromHeader, translator } from '../i18n'
import { builtInLabels } from '../i18n/labels'
import { routes } from '../routes'
import type { AnyContext, AppEnv } from './app-env'
import { FrameContext, useFrame } from './ui/frame'
import { PlainLayout } from './ui/layout'
import { Notice } from './ui/notice'
import { fragment, isHtmx, page } from './ui/page'

const KNOWN = [403, 404, 413, 429, 500] as const
type Known = (typeof KNOWN)[number]

/** The requirement that a 403 reports: a role, permission by SIGN_UP, or an account that is not closed. */
type Needed = Role | 'sign_up' | 'closing' | undefined

const known = (status: number): Known => KNOWN.find((one) => one === status) ?? (status < 500 ? 404 : 500)

/** Logs exceptions other than Hono's and responds 500. */
export function handleError(error: Error, c: AnyContext): Response | Promise<Response> {
  const status = error instanceof HTTPException ? error.status : 500
  if (status >= 500) c.var.deps.log(errorEntry(error))
  return errorPage(c, status, error instanceof HTTPException ? neededRole(error) : undefined)
}

/** Returns the requirement that was not met, from the cause that `requireRole` and others set. */
const neededRole = ({ cause }: HTTPException): Needed =>
  cause === 'sign_up' || cause === 'closing' || (typeof cause === 'string' && isRole(cause)) ? cause : undefined

export function errorPage(c: AnyContext, status: number, needed?: Needed): Response | Promise<Response> {
  const kind = known(status)
  if (kind === 429) c.header('Retry-After', '60')
  if (isHtmx(c)) return errorNotice(c, kind, errorText(c.var, kind, needed))
  return page(
    c,
    { title: c.var.t(`error.${kind}.title`), status: status as ContentfulStatusCode },
    <ErrorPage kind={kind} text={errorText(c.var, kind, needed)} />,
  )
}

/** Returns the text of an error. For 403 the text names the missing role or permission. */
function errorText({ t, signedIn }: AppEnv['Variables'], kind: Known, needed: Needed): string {
  if (needed === 'sign_up') return t('error.403.sign_up')
  if (!needed || !signedIn) return t(`error.${kind}.text`)
  const { role, accountName: account } = signedIn
  if (needed === 'closing') return t('error.403.closing', { account })
  return t('error.403.role', { role: t(`role.${role}`), needed: t(`role.${needed}`), account })
}

function errorNotice(c: AnyContext, kind: Known, text: string): Response | Promise<Response> {
  c.header('HX-Retarget', '#notices')
  c.header('HX-Reswap', 'innerHTML')
  return fragment(
    c,
    <Notice tone="bad">
      <h2>{c.var.t(`error.${kind}.title`)}</h2>
      <p>{text}</p>
    </Notice>,
    kind,
  )
}

const ErrorPage = ({ kind, text }: { kind: Known; text: string }) => {
  const { t, signedIn } = useFrame()
  return (
    <div class="stack">
      <p class="muted numeric">{kind}</p>
      <h1>{t(`error.${kind}.title`)}</h1>
      <p>{text}</p>
      <p>
        <a class="button" href={signedIn ? routes.documents : routes.home}>
          {t('error.home')}
        </a>
      </p>
    </div>
  )
}

/** Lists the variables and secrets that are missing or wrong, when the Worker can't start. Their names are public (README). */
export function misconfiguredPage(c: AnyContext, wrong: string[]): Response | Promise<Response> {
  const language = languageFromHeader(c.req.header('Accept-Language'))
  const t = translator(language)
  const title = t('error.misconfigured.title')
  const body = (
    <FrameContext.Provider
      value={{ language, t, labels: builtInLabels(language), timeZone: 'UTC', now: 0, path: c.req.path }}
    >
      <PlainLayout title={title} notices={null}>
        <div class="stack">
          <h1>{title}</h1>
          <p>{t('error.misconfigured.text')}</p>
          <ul>
            {wrong.map((name) => (
              <li>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </div>
      </PlainLayout>
    </FrameContext.Provider>
  )
  return c.html(html`<!doctype html>${body}`, 503)
}
