/** Lets Node import the Worker's sources, whose imports have no extensions: a bundler finds those. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    const isSource =
      /^(?!.*\/node_modules\/).*\/src\/.*\.ts$/.test(context.parentURL ?? '') && /^\.[^?]*\/[^./]+$/.test(specifier)
    return next(isSource ? `${specifier}.ts` : specifier, context)
  },
})
