import type { LatestDocument } from '../../db/latest-documents'
import { isNoticeKind, TEXT_GROUPS } from '../../domain/translation'
import { languageName } from '../../i18n/format'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { Conflict, type Difference } from '../ui/conflict'
import { ErrorSummary } from '../ui/form'
import type { FormState } from '../ui/form-state'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'
import { Notice } from '../ui/notice'
import { TextState } from './language-page'
import type { RequiredText } from './require-language'
import { TextFields } from './text-fields'
import { TextPreview } from './text-preview'

interface Props {
  found: RequiredText
  form: FormState
  conflict: Difference[]
  documents: LatestDocument[]
  opened: boolean
  /** True after a test mail of this text was sent. */
  tested: boolean
}

/** Shows the editor of a text beside a preview of its mail. */
export const TextPage = ({ found, form, conflict, documents, opened, tested }: Props) => {
  const { t, signedIn } = useFrame()
  const { state, kind, version } = found
  return (
    <>
      <Head found={found} />
      <form
        id="translation-form"
        class="two-pane even"
        method="post"
        action={routes.translation(state.language, kind)}
        novalidate
      >
        <div class="stack">
          {tested && (
            <Notice tone="good">
              <p>{t('translations.test.sent', { email: signedIn?.email ?? '' })}</p>
            </Notice>
          )}
          <ErrorSummary form={form} labels={{ subject: t('send.subject'), body: t('send.body') }} />
          {conflict.length > 0 && <Conflict differences={conflict} />}
          <input type="hidden" name="version" value={form.values.version ?? String(version)} />
          <TextFields found={found} form={form} />
        </div>
        <TextPreview found={found} form={form} documents={documents} opened={opened} />
      </form>
      <Reset found={found} />
    </>
  )
}

const Head = ({ found: { state, kind, text } }: { found: RequiredText }) => {
  const { t, language } = useFrame()
  const group = isNoticeKind(kind) ? 'notices' : 'customers'
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.languageTexts(state.language)}>{languageName(state.language, language)}</Breadcrumb>
          <h1>{t(`translations.kind.${kind}`)}</h1>
          <p class="cluster">
            {t(`translations.kind.${kind}.text`)}
            <TextState state={state} kind={kind} from={text.language} />
          </p>
        </div>
      </header>
      <nav class="tabs" aria-label={t(`translations.group.${group}`)}>
        {TEXT_GROUPS[group].map((other) => (
          <a href={routes.translation(state.language, other)} aria-current={other === kind ? 'page' : undefined}>
            {t(`translations.kind.${other}`)}
          </a>
        ))}
      </nav>
    </>
  )
}

const Reset = ({ found: { state, kind, version } }: { found: RequiredText }) => {
  const { t } = useFrame()
  if (!useMay('admin') || version === 0) return null
  return (
    <form class="text-reset cluster" method="post" action={routes.translationDefault(state.language, kind)}>
      <input type="hidden" name="version" value={String(version)} />
      <button type="submit" class="quiet">
        <Icon name="rotate-ccw" />
        {t(state.builtIn ? 'translations.reset' : 'translations.remove')}
      </button>
      <span class="muted small">{t(state.builtIn ? 'translations.reset.text' : 'translations.remove.text')}</span>
    </form>
  )
}
