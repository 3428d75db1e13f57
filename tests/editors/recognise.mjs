// What the Cucumber extension of VS Code makes of phrases, with its own language service.
//
// Reads {settings, glue: {path: text}, features: {path: text}, definitionsOf: {path, line, step}}
// from standard input; writes what it found to standard output: the phrases that it knows with
// their places, the errors, the steps that it would underline, and the completions offered.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  buildSuggestions,
  ExpressionBuilder,
  getGherkinCompletionItems,
  getGherkinDiagnostics,
  getStepDefinitionLocationLinks,
  jsSearchIndex,
} from '@cucumber/language-service'
import { WasmParserAdapter } from '@cucumber/language-service/wasm'

const asked = JSON.parse(readFileSync(0, 'utf8'))
const here = dirname(fileURLToPath(import.meta.url))
const parser = new WasmParserAdapter(join(here, 'node_modules/@cucumber/language-service/dist'))
await parser.init()

const sources = Object.entries(asked.glue).map(([uri, content]) => ({
  languageName: 'python',
  uri,
  content,
}))
const found = new ExpressionBuilder(parser).build(sources, asked.settings['cucumber.parameterTypes'])
const expressions = found.expressionLinks.map((link) => link.expression)
const place = ({ targetUri, targetRange }) => `${targetUri}:${targetRange.start.line + 1}`

const underlined = Object.entries(asked.features).flatMap(([uri, content]) =>
  getGherkinDiagnostics(content, expressions).map(
    (problem) => `${uri}:${problem.range.start.line + 1}: ${problem.message}`
  )
)

function stepsOf(content) {
  return content.split('\n').flatMap((text, line) => {
    const step = /^\s*(?:Given|When|Then|And|But) (.+)$/.exec(text)
    return step ? [{ line, character: text.length, text: step[1] }] : []
  })
}

const texts = Object.values(asked.features).flatMap((c) => stepsOf(c).map((step) => step.text))
const index = jsSearchIndex(buildSuggestions(found.registry, texts, expressions))
const typed = asked.typed.map(({ feature, line }) => {
  const position = { line: line - 1, character: feature.split('\n')[line - 1].length }
  return getGherkinCompletionItems(feature, position, index).map((item) => item.label)
})
const goesTo = asked.typed.map(({ feature, line }) =>
  getStepDefinitionLocationLinks(
    feature,
    { line: line - 1, character: feature.split('\n')[line - 1].length - 1 },
    found.expressionLinks
  ).map(place)
)

process.stdout.write(
  JSON.stringify({
    phrases: found.expressionLinks.map((link) => ({
      text: link.expression.source,
      kind: link.expression.constructor.name,
      place: place(link.locationLink),
    })),
    errors: found.errors.map(String),
    underlined,
    typed,
    goesTo,
  })
)
