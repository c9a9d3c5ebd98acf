/** What every component of a page may ask for, without each of its parents handing it on. */
import { createContext, useContext } from 'hono/jsx'
import type { Labels } from '../../domain/labels'
import type { Language, Translate } from '../../i18n'
import type { SignedIn } from '../app-env'

export interface Frame {
  language: Language
  t: Translate
  /** The words behind `t`, whose language is the page's: on a customer's page it may be one of the merchant's own. */
  labels: Labels
  /** IANA zone in which times are shown: the person's, else the account's. */
  timeZone: string
  /** Epoch ms. */
  now: number
  /** Path of this page, without the query. */
  path: string
  signedIn?: SignedIn | undefined
}

export const FrameContext = createContext<Frame | undefined>(undefined)

export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('a component was rendered outside page() or fragment()')
  return frame
}
