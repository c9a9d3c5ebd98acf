/** Returns paths of built styles, scripts and pictures: `asset('app.css')` → '/static/app.1a2b3c4d.css'. */
import paths from '../../../.build/assets.json'

export type AssetName = keyof typeof paths

export const asset = (name: AssetName): string => paths[name]
