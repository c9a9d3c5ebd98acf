/**
 * Draws the demo merchant's logo, an open book with its stitches, so that no picture of another's copyright is needed.
 */
import { deflated, pngOf } from '../../pdf/logo/png-write'

const SIDE = 320
/** Samples of each pixel in either direction, for smooth edges. */
const SAMPLES = 4

type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

const CLEAR: Rgba = [0, 0, 0, 0]
const LEATHER: Rgba = [122, 43, 29, 255]
const PAPER: Rgba = [253, 248, 240, 255]
const THREAD: Rgba = [214, 160, 62, 255]
const CORNER = 0.2
const STITCHES = [0.47, 0.58, 0.69]

export function demoLogo(): Uint8Array {
  const rgba = new Uint8Array(SIDE * SIDE * 4)
  for (let y = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++) rgba.set(pixelAt(x, y), (y * SIDE + x) * 4)
  return pngOf({ width: SIDE, height: SIDE }, 4, deflated(rgba, SIDE, 4))
}

function pixelAt(x: number, y: number): number[] {
  const sum = [0, 0, 0, 0]
  for (let i = 0; i < SAMPLES ** 2; i++) {
    const inside = (at: number, sample: number) => (at + (sample + 0.5) / SAMPLES) / SIDE
    const [red, green, blue, alpha] = colourAt(inside(x, i % SAMPLES), inside(y, Math.floor(i / SAMPLES)))
    for (const [channel, value] of [red * alpha, green * alpha, blue * alpha, alpha].entries())
      sum[channel] = (sum[channel] ?? 0) + value
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum
  return alpha === 0 ? [255, 255, 255, 0] : [red / alpha, green / alpha, blue / alpha, alpha / SAMPLES ** 2]
}

/** Returns the colour at a point of a square from 0 to 1. */
function colourAt(x: number, y: number): Rgba {
  const toEdge = (at: number) => Math.max(0, Math.abs(at - 0.5) - (0.5 - CORNER))
  if (Math.hypot(toEdge(x), toEdge(y)) > CORNER) return CLEAR
  const fromSpine = Math.abs(x - 0.5)
  if (fromSpine < 0.055 && STITCHES.some((stitch) => Math.abs(y - stitch) < 0.014)) return THREAD
  // A page rises from the spine to its outer edge.
  const top = 0.37 - fromSpine * 0.24
  const isPage = fromSpine > 0.012 && fromSpine < 0.34 && y > top && y < top + 0.43
  return isPage ? PAPER : LEATHER
}
