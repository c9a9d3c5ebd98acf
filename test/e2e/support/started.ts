/** Starts the app and a browser before the tests of a file, and ends both after them. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Home, newHome, type Running, startFacteur } from './facteur.ts'

export interface Started {
  home: Home
  facteur: Running
  browser: Browser
}

/** Returns a function for the tests: before they run there is nothing to return. */
export function startBeforeTests(): () => Started {
  let started: Started | undefined
  beforeAll(async () => {
    const home = await newHome()
    const [facteur, browser] = await Promise.all([startFacteur(home), openBrowser()])
    started = { home, facteur, browser }
  })
  afterAll(async () => {
    await started?.browser.close()
    await started?.facteur.pressCtrlC()
    started?.home.remove()
  })
  return () => {
    if (!started) throw new Error('not started yet')
    return started
  }
}
