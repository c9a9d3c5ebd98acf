/** Makes the two files of the demo, each for another document. */
import { deflated, pngOf } from '../../pdf/logo/png-write'

export interface DemoAttachment {
  name: string
  bytes: Uint8Array
  isPublic: boolean
}

const SWATCHES = ['7a2b1d', '2f4b3c', '1d3557', '8c6a3f', '2b2b2b', 'b08d57', '5b2340', 'd8c9ae']
const SIDE = 90
const GAP = 10
const COLUMNS = 4

const WIDTH = COLUMNS * SIDE + (COLUMNS + 1) * GAP
const HEIGHT = (SWATCHES.length / COLUMNS) * (SIDE + GAP) + GAP

/**
 * Returns a card of leathers, which customers see on the document's page, or a list of hours, which is attached to the
 * mail only.
 */
export function demoAttachment(which: 'leathers' | 'hours'): DemoAttachment {
  if (which === 'leathers') return { name: 'Nuancier des cuirs.png', bytes: swatchCard(), isPublic: true }
  const rows = [
    'Date;Travail;Heures',
    '03/11/2026;Couture des cahiers;3,5',
    '04/11/2026;Parure du cuir;2',
    '05/11/2026;Dorure;1,5',
  ]
  const bytes = new TextEncoder().encode(`\ufeff${rows.join('\r\n')}\r\n`)
  return { name: 'Relevé des heures.csv', bytes, isPublic: false }
}

function swatchCard(): Uint8Array {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3).fill(255)
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) rgb.set(colourAt(x, y), (y * WIDTH + x) * 3)
  return pngOf({ width: WIDTH, height: HEIGHT }, 3, deflated(rgb, WIDTH, 3))
}

function colourAt(x: number, y: number): number[] {
  const [column, row] = [Math.floor(x / (SIDE + GAP)), Math.floor(y / (SIDE + GAP))]
  const isGap = x % (SIDE + GAP) < GAP || y % (SIDE + GAP) < GAP
  const hex = isGap ? undefined : SWATCHES[row * COLUMNS + column]
  return hex ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) : [255, 255, 255]
}
