/** Recognises browser and system in a `User-Agent`. Only to be shown, never a check: anybody may claim anything. */

export interface Device {
  /** « Firefox »; empty when it can't be told. */
  browser: string
  /** « Windows »; empty when it can't be told. */
  system: string
}

/** Returns browser and system of a `User-Agent` header (RFC 9110, 10.1.5). */
export const deviceOf = (userAgent: string | null | undefined): Device => ({
  browser: firstOf(BROWSERS, userAgent ?? ''),
  system: firstOf(SYSTEMS, userAgent ?? ''),
})

/** Most name others as well: those that do stand before those whom they name. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

const firstOf = (known: [RegExp, string][], userAgent: string): string =>
  known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? ''
