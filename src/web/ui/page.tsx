/** Renders content as a response: `return page(c, { title: t('contacts.title'), section: 'contacts' }, <ContactListPage … />)`. */
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { countForBell } from '../../db/problem-list'
import { builtInLabels } from '../../i18n/labels'
import type { AnyContext } from '../app-env'
import type { AssetName } from './asset'
import { type Frame, FrameContext } from './frame'
import { Layout, PlainLayout } from './layout'
import { type FlashKey, FlashNotice, readFlash } from './notice'
import type { Section } from './rail'

export interface PageOptions {
  title: string
  /** Default 200; 422 for a form with errors, 409 for a stale one. */
  status?: ContentfulStatusCode
  /** Current entry of the navigation. */
  section?: Section
  /** Limits the width to a column for reading and forms. */
  narrow?: boolean
  /** Modules of src/web/assets that only this page needs. */
  scripts?: AssetName[]
  /** Omits the frame, even for a signed-in person. */
  plain?: boolean
  /** Name at the top of a plain page, if not Facteur. */
  brand?: string
  /** Width of a plain page. */
  width?: 'wide' | 'full'
}

/** Responds with a whole page: in the frame for a signed-in person, plain otherwise. */
export async function page(c: AnyContext, options: PageOptions, content: Child): Promise<Response> {
  const { status = 200, section, narrow, plain, brand, width, ...document } = options
  const { signedIn } = c.var
  const notices = <Notices message={readFlash(c)} />
  const framed = signedIn && !plain ? signedIn : undefined
  const { deps } = c.var
  const bell = framed && (await countForBell(deps.db, framed.accountId, framed.testMode, deps.now()))
  const body = (
    <InFrame c={c}>
      {framed && bell ? (
        <Layout {...document} {...{ section, narrow, notices, bell }} signedIn={framed}>
          {content}
        </Layout>
      ) : (
        <PlainLayout {...document} brand={brand} width={width} notices={notices}>
          {content}
        </PlainLayout>
      )}
    </InFrame>
  )
  return c.html(html`<!doctype html>${body}`, status)
}

/** Responds with a fragment of a page, for htmx. */
export const fragment = (c: AnyContext, content: Child, status: ContentfulStatusCode = 200) =>
  c.html(<InFrame c={c}>{content}</InFrame>, status)

export const isHtmx = (c: AnyContext): boolean => c.req.header('HX-Request') === 'true'

const InFrame = ({ c, children }: { c: AnyContext; children: Child }) => (
  <FrameContext.Provider value={frameOf(c)}>{children}</FrameContext.Provider>
)

function frameOf(c: AnyContext): Frame {
  const { language, t, labels = builtInLabels(language), signedIn, deps } = c.var
  return { language, t, labels, signedIn, timeZone: signedIn?.timeZone ?? 'UTC', now: deps.now(), path: c.req.path }
}

/** Shows the flash notice; scripts add notices of failed htmx requests. */
const Notices = ({ message }: { message: FlashKey | undefined }) => (
  <div class="notices" id="notices" aria-live="polite">
    {message && <FlashNotice message={message} />}
  </div>
)
