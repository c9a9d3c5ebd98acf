import type { Child } from 'hono/jsx'
import { isTestDocument } from '../../domain/test-mode'
import type { Key } from '../../i18n'
import { routes } from '../../routes'
import { useFrame } from './frame'
import { Icon } from './icon'

/** Returns which banner to show. The page's document takes precedence over test mode: a live document is always live. */
export function useTestState(): 'test' | 'test_document' | 'live_document' | undefined {
  const { signedIn, path } = useFrame()
  const on = signedIn?.testMode === true
  const documentId = /^\/documents\/(doc_\w+)/.exec(path)?.[1]
  if (documentId === undefined || isTestDocument(documentId) === on) return on ? 'test' : undefined
  return on ? 'live_document' : 'test_document'
}

const BUTTONS: Record<string, { on: string; label: Key }> = {
  test: { on: '', label: 'test_mode.leave' },
  test_document: { on: '1', label: 'test_mode.show' },
  live_document: { on: '', label: 'test_mode.leave' },
}

/** Shows a banner on every page of test mode, on every test document, and on a live document that is opened in test mode. */
export const TestBanner = () => {
  const { t } = useFrame()
  const state = useTestState()
  if (!state) return null
  const { on, label } = BUTTONS[state] ?? { on: '', label: 'test_mode.leave' }
  return (
    <aside class={`test-banner ${state}`} aria-label={t('test_mode.title')}>
      <Icon name={state === 'live_document' ? 'triangle-alert' : 'flask-conical'} />
      <p>
        <strong>{t(`test_mode.${state}.title`)}</strong> {t(`test_mode.${state}.text`)}
      </p>
      <TestSwitch on={on}>{t(label)}</TestSwitch>
    </aside>
  )
}

/** Shows the entry of the person's menu that switches test mode. */
export const TestMenuEntry = () => {
  const { t, signedIn } = useFrame()
  const on = signedIn?.testMode === true
  return (
    <TestSwitch on={on ? '' : '1'}>
      <Icon name="flask-conical" />
      {t(on ? 'test_mode.leave' : 'test_mode.enter')}
    </TestSwitch>
  )
}

const TestSwitch = ({ on, children }: { on: string; children: Child }) => (
  <form method="post" action={routes.testMode}>
    <button type="submit" name="on" value={on}>
      {children}
    </button>
  </form>
)
